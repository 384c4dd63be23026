//! What a Rust file mentions: paths, texts and methods, those of its tests aside.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

/// Something that a file mentions, with its line, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The path as written, `::` between its parts; the text; or the name of the method.
    pub what: String,
    /// Where it stands.
    pub line: usize,
}

/// All that a file mentions.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Paths, also those inside macros; each import of a group by itself.
    pub paths: Vec<Mention>,
    /// String literals that are no documentation.
    pub texts: Vec<Mention>,
    /// Methods that are called.
    pub methods: Vec<Mention>,
    /// Modules that the file declares in files of their own.
    pub modules: Vec<String>,
    /// Those of them that are compiled for tests only.
    pub test_modules: Vec<String>,
    /// How many modules written out in this file are open.
    depth: usize,
}

/// Reads a file.
pub fn read(name: &str, text: &str) -> Mentions {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut mentions = Mentions::default();
    mentions.visit_file(&file);
    mentions
}

impl Mentions {
    /// A path. One part alone is a name that was imported, or is `self`, or the scope of a
    /// `pub(crate)`.
    fn path(&mut self, what: String, line: usize) {
        let mut what = what.as_str();
        // Inside a module that is written out here, `super` is still this file.
        for _ in 0..self.depth {
            what = what.strip_prefix("super::").unwrap_or(what);
        }
        if what.contains("::") {
            self.paths.push(Mention {
                what: what.to_owned(),
                line,
            });
        }
    }

    fn text(&mut self, literal: &syn::LitStr) {
        self.texts.push(Mention {
            what: literal.value(),
            line: literal.span().start().line,
        });
    }

    fn imports(&mut self, before: &str, tree: &syn::UseTree) {
        let join = |name: &syn::Ident| match before {
            "" => name.unraw().to_string(),
            _ => format!("{before}::{}", name.unraw()),
        };
        let line = tree.span().start().line;
        match tree {
            syn::UseTree::Path(path) => self.imports(&join(&path.ident), &path.tree),
            syn::UseTree::Name(name) if name.ident == "self" => self.path(before.to_owned(), line),
            syn::UseTree::Name(name) => self.path(join(&name.ident), line),
            syn::UseTree::Rename(name) => self.path(join(&name.ident), line),
            syn::UseTree::Glob(_) => self.path(format!("{before}::*"), line),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.imports(before, tree);
                }
            }
        }
    }

    /// What the tokens of a macro or attribute mention.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = String::new();
        let mut path_line = 0;
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons < 2 && !path.is_empty() {
                        self.path(std::mem::take(&mut path), path_line);
                    }
                    if path.is_empty() {
                        path_line = name.span().start().line;
                    } else {
                        path.push_str("::");
                    }
                    path.push_str(&name.unraw().to_string());
                    colons = 0;
                    continue;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        let line = literal.span().start().line;
                        let what = text.value();
                        self.texts.push(Mention { what, line });
                    }
                }
                TokenTree::Punct(_) => {}
            }
            if !path.is_empty() {
                self.path(std::mem::take(&mut path), path_line);
            }
            colons = 0;
        }
        if !path.is_empty() {
            self.path(path, path_line);
        }
    }
}

impl<'ast> Visit<'ast> for Mentions {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_of_tests(attributes(item)) {
            visit::visit_item(self, item);
        } else if let syn::Item::Mod(module) = item
            && module.content.is_none()
        {
            self.test_modules.push(module.ident.unraw().to_string());
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.content.is_none() {
            self.modules.push(module.ident.unraw().to_string());
        }
        self.depth += 1;
        visit::visit_item_mod(self, module);
        self.depth -= 1;
    }

    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        self.imports("", &import.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path
            .segments
            .iter()
            .map(|part| part.ident.unraw().to_string());
        let what = names.collect::<Vec<_>>().join("::");
        self.path(what, path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.text(literal);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.methods.push(Mention {
            what: call.method.unraw().to_string(),
            line: call.method.span().start().line,
        });
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        // Documentation is an attribute with a text; it may speak of anything.
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }
}

/// The attributes of an item that can be left out of a build.
fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether `#[cfg(test)]` or `#[test]` stands before an item.
fn is_of_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_mentions_what_its_imports_paths_macros_and_texts_name() {
        let text = r##"
            //! About crate::nobody.
            use crate::{a, b::{self, C as D}};
            mod child;
            fn f() -> e::Out { println!("{}", crate::g::h("--flag")); x.is_file(); "text" }
            #[error("no {}", crate::k(path))] struct S;
            #[cfg(test)] mod checks;
            #[cfg(test)] mod tests { use crate::not_this; }
        "##;
        let found = read("f.rs", text);
        let names = |list: &[Mention]| -> Vec<String> {
            list.iter().map(|mention| mention.what.clone()).collect()
        };
        let paths = names(&found.paths);
        for path in [
            "crate::a",
            "crate::b",
            "crate::b::C",
            "e::Out",
            "crate::g::h",
            "crate::k",
        ] {
            assert!(paths.contains(&path.to_owned()), "{path} of {paths:?}");
        }
        assert!(
            !paths
                .iter()
                .any(|path| path.contains("not_this") || path.contains("nobody"))
        );
        assert_eq!(names(&found.texts), ["{}", "--flag", "text", "no {}"]);
        assert_eq!(names(&found.methods), ["is_file"]);
        assert_eq!(
            (found.modules, found.test_modules),
            (vec!["child".to_owned()], vec!["checks".to_owned()])
        );
        assert_eq!(found.paths[0].line, 3);
    }
}
