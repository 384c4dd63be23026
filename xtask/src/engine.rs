//! Building the wasm module: wasm-pack compiles and binds it, wasm-opt makes it small.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use wasmparser::{Parser, Payload};

use crate::process;
use crate::setup;
use crate::stamp::{self, Digest};
use crate::workspace::Workspace;

/// The JavaScript side of the engine, in [`Workspace::engine`].
pub const GLUE: &str = "engine.js";

/// The wasm module, in [`Workspace::engine`].
pub const MODULE: &str = "engine_bg.wasm";

/// The custom section by which the module carries its pack.
pub const PACK_SECTION: &str = "turnsearch.pack";

/// What the engine is made from, below the top folder.
const INPUTS: [&str; 7] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "crates",
    "rust-toolchain.toml",
    "seeds",
    "src",
];

/// wasm-pack builds and binds; it neither installs tools, nor optimizes, nor writes a package.
const WASM_PACK: [&str; 12] = [
    "build",
    "crates/engine",
    "--profile",
    "browser",
    "--target",
    "web",
    "--mode",
    "no-install",
    "--no-opt",
    "--no-pack",
    "--out-name",
    "engine",
];

/// For size; with what rustc's wasm target uses of the features that all supported browsers have.
/// Names, producers and the list of features are for tools, not for browsers.
///
/// A function with one caller stays by itself, unless it is tiny: large functions have many locals and
/// compress badly (3 kB of brotli). What is hardly larger than its call goes into its callers (0.2 kB). Functions in the order of their names have their likes beside them.
const WASM_OPT: [&str; 16] = [
    "-Oz",
    "--converge",
    "--always-inline-max-function-size=5",
    "--one-caller-inline-max-function-size=20",
    "--reorder-functions-by-name",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Brings target/engine up to date; returns at once when none of its inputs has changed.
///
/// # Errors
///
/// When a tool fails, or the module comes out without the pack that the build script made.
pub fn build(workspace: &Workspace) -> Result<()> {
    let folder = workspace.engine();
    let stamp = folder.join("stamp");
    let digest = digest(workspace)?;
    if stamp::is_fresh(&stamp, &digest) && folder.join(MODULE).exists() {
        println!("engine: unchanged");
        return Ok(());
    }
    stamp::clear(&stamp)?;

    let started = Instant::now();
    println!("engine: compiling with wasm-pack (a minute or two the first time)");
    compile(workspace, &folder)?;
    println!("engine: making it small with wasm-opt");
    optimize(workspace, &folder.join(MODULE))?;
    println!("engine: built in {:.1} s", started.elapsed().as_secs_f32());
    stamp::write(&stamp, &digest)
}

/// The same module with the names of its functions, for telling what each part costs.
///
/// # Errors
///
/// When a tool fails.
pub fn with_names(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.root().join("target/size");
    compile(workspace, &folder)?;
    let named = folder.join("named.wasm");
    let mut wasm_opt = workspace.command("node");
    wasm_opt
        .arg(setup::wasm_opt_script(workspace))
        .args(WASM_OPT.iter().filter(|flag| !flag.starts_with("--strip")))
        .arg("--debuginfo")
        .arg(folder.join(MODULE))
        .arg("-o")
        .arg(&named);
    process::run(&mut wasm_opt)?;
    Ok(named)
}

/// Compiles the module into `folder`, bound but not yet optimized.
fn compile(workspace: &Workspace, folder: &Path) -> Result<()> {
    let mut wasm_pack = workspace.command("wasm-pack");
    wasm_pack
        .args(WASM_PACK)
        .arg("--out-dir")
        .arg(folder)
        .env_remove("RUSTFLAGS")
        .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(workspace)?);
    process::run(&mut wasm_pack)
}

/// Stands between flags in `CARGO_ENCODED_RUSTFLAGS`, so that paths may have blanks.
const FLAG_SEPARATOR: &str = "\x1f";

/// Bytes of the module's stack: a sixteenth of what the linker would set aside in every page. No call goes deeper for a
/// longer text or query; packs, damaged ones too, and queries of a megabyte came to 15 kB.
const STACK_BYTES: u32 = 1 << 16;

/// What the caller asks of the compiler; a small stack; SIMD, which searches texts several bytes at a time and which
/// every supported browser has (Chrome 91, Firefox 89, Safari 16.4); and no path of this machine: the
/// same sources give the same bytes wherever they are built. [`FLAG_SEPARATOR`] stands between them.
fn rust_flags(workspace: &Workspace) -> Result<String> {
    let asked = std::env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = asked.split_whitespace().map(str::to_owned).collect();
    flags.push("-Ctarget-feature=+simd128".to_owned());
    flags.push(format!("-Clink-arg=-zstack-size={STACK_BYTES}"));
    let mut remap = |from: &Path, to: &str| {
        flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    };

    // Where the standard library's sources are installed, the compiler names them by their path; elsewhere by the
    // compiler's commit.
    let sysroot = process::output(workspace.command("rustc").args(["--print", "sysroot"]))?;
    let version = process::output(workspace.command("rustc").arg("-vV"))?;
    let commit = version
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "));
    let sources = Path::new(&sysroot).join("lib/rustlib/src/rust");
    remap(&sources, &format!("/rustc/{}", commit.unwrap_or("unknown")));

    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    if let Some(home) = home {
        // Of several that fit, the compiler takes the last: the registries, whose names tell a host.
        remap(&home, "cargo");
        let registries = fs::read_dir(home.join("registry/src"));
        for registry in registries.into_iter().flatten().flatten() {
            remap(&registry.path(), "crates");
        }
    }
    Ok(flags.join(FLAG_SEPARATOR))
}

/// Everything that the engine depends on: sources, compiler, and how the tools are called.
fn digest(workspace: &Workspace) -> Result<String> {
    let mut digest = Digest::default();
    digest.add_files(workspace.root(), &INPUTS)?;
    digest.add(process::output(workspace.command("rustc").arg("-vV"))?);
    digest.add(rust_flags(workspace)?);
    digest.add((WASM_PACK, WASM_OPT));
    digest.add_files(workspace.root(), &["node_modules/binaryen/package.json"])?;
    Ok(digest.finish())
}

/// Makes a module smaller in place, and checks that its pack came through unharmed.
fn optimize(workspace: &Workspace, module: &Path) -> Result<()> {
    let smaller = module.with_extension("opt.wasm");
    let mut wasm_opt = workspace.command("node");
    wasm_opt
        .arg(setup::wasm_opt_script(workspace))
        .args(WASM_OPT)
        .arg(module)
        .arg("-o")
        .arg(&smaller);
    process::run(&mut wasm_opt)?;

    let before = read(module)?;
    let after = read(&smaller)?;
    let Some(pack) = custom_section(&before, PACK_SECTION)? else {
        bail!(
            "the engine carries no section {PACK_SECTION}: crates/seeds made no pack of the seeds"
        );
    };
    if custom_section(&after, PACK_SECTION)? != Some(pack) {
        bail!("wasm-opt has changed the section {PACK_SECTION}");
    }
    fs::rename(&smaller, module).with_context(|| format!("cannot replace {}", module.display()))
}

/// The bytes of a file.
///
/// # Errors
///
/// When the file cannot be read; the message names it.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The content of the first custom section of this name.
///
/// # Errors
///
/// When the bytes are no wasm module.
pub fn custom_section<'module>(module: &'module [u8], name: &str) -> Result<Option<&'module [u8]>> {
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("the engine is not a wasm module")? {
            Payload::CustomSection(section) if section.name() == name => {
                return Ok(Some(section.data()));
            }
            _ => {}
        }
    }
    Ok(None)
}

/// The pack that a module carries.
///
/// # Errors
///
/// When the bytes are no wasm module, or one without a pack.
pub fn pack(module: &[u8]) -> Result<&[u8]> {
    custom_section(module, PACK_SECTION)?
        .with_context(|| format!("the engine carries no section {PACK_SECTION}"))
}

/// The module without its pack, for pages that name packs of their own.
///
/// # Errors
///
/// When the bytes are no wasm module.
pub fn without_pack(module: &[u8]) -> Result<Vec<u8>> {
    let mut kept = module.get(..HEADER).unwrap_or_default().to_vec();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context("the engine is not a wasm module")?;
        let is_pack =
            matches!(&payload, Payload::CustomSection(section) if section.name() == PACK_SECTION);
        let Some((id, range)) = payload.as_section().filter(|_| !is_pack) else {
            continue;
        };
        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
        let content = module.get(range).unwrap_or_default();
        kept.push(id);
        write_length(&mut kept, content.len());
        kept.extend_from_slice(content);
    }
    Ok(kept)
}

/// Magic number and version, with which every wasm module begins.
const HEADER: usize = 8;

/// Writes a number as wasm does, seven bits a byte (LEB128).
fn write_length(bytes: &mut Vec<u8>, mut length: usize) {
    while length > 0x7f {
        bytes.push(length.to_le_bytes()[0] | 0x80);
        length >>= 7;
    }
    bytes.push(length.to_le_bytes()[0]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty module with one custom section.
    fn module(name: &str, data: &[u8]) -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(0);
        module.push(u8::try_from(1 + name.len() + data.len()).unwrap());
        module.push(u8::try_from(name.len()).unwrap());
        module.extend_from_slice(name.as_bytes());
        module.extend_from_slice(data);
        module
    }

    #[test]
    fn finds_a_custom_section_by_its_name() {
        let module = module(PACK_SECTION, b"turns");
        assert_eq!(
            custom_section(&module, PACK_SECTION).unwrap(),
            Some(&b"turns"[..])
        );
        assert_eq!(custom_section(&module, "turnsearch").unwrap(), None);
    }

    #[test]
    fn a_module_can_lose_its_pack_and_nothing_else() {
        let other = module("producers", &[7; 100]);
        let mut both = module(PACK_SECTION, &[1; 50]);
        both.extend_from_slice(&other[HEADER..]);
        assert_eq!(without_pack(&both).unwrap(), other);
        assert_eq!(without_pack(&other).unwrap(), other);
        assert!(without_pack(b"<!doctype html>").is_err());
    }

    #[test]
    fn a_length_has_seven_bits_a_byte() {
        for (length, wanted) in [(0, &[0][..]), (127, &[127]), (128, &[0x80, 1])] {
            let mut bytes = Vec::new();
            write_length(&mut bytes, length);
            assert_eq!(bytes, wanted);
        }
    }

    #[test]
    fn bytes_that_are_no_module_are_an_error() {
        assert!(custom_section(b"<!doctype html>", PACK_SECTION).is_err());
        let whole = module(PACK_SECTION, b"turns");
        assert!(custom_section(&whole[..whole.len() - 1], PACK_SECTION).is_err());
    }
}
