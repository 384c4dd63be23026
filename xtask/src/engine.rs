//! Building the wasm module: wasm-pack compiles and binds it, wasm-opt makes it small.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use turnsearch_bundle::site::ENGINE;
use turnsearch_bundle::wasm;
use turnsearch_pack::CUSTOM_SECTION;

use crate::process;
use crate::setup;
use crate::stamp::{self, Digest};
use crate::workspace::Workspace;

/// The JavaScript side of the engine, in [`Workspace::engine`].
pub const GLUE: &str = "engine.js";

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
/// A function with one caller stays by itself, unless it is tiny: large functions have many locals
/// and compress badly (3 kB of brotli). What is hardly larger than its call goes into its callers
/// (0.2 kB). Functions in the order of their names have their likes beside them.
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
    if stamp::is_fresh(&stamp, &digest) && folder.join(ENGINE).exists() {
        println!("engine: unchanged");
        return Ok(());
    }
    stamp::clear(&stamp)?;

    let started = Instant::now();
    println!("engine: compiling with wasm-pack (a minute or two the first time)");
    compile(workspace, &folder)?;
    println!("engine: making it small with wasm-opt");
    optimize(workspace, &folder.join(ENGINE))?;
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
        .arg(folder.join(ENGINE))
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

/// Bytes of the module's stack: a sixteenth of what the linker would set aside in every page. No
/// call goes deeper for a longer text or query; packs, damaged ones too, and queries of a megabyte
/// came to 15 kB.
const STACK_BYTES: u32 = 1 << 16;

/// What the caller asks of the compiler; a small stack; SIMD, which searches texts several bytes at
/// a time and which every supported browser has (Chrome 91, Firefox 89, Safari 16.4); and no path
/// of this machine: the same sources give the same bytes wherever they are built.
/// [`FLAG_SEPARATOR`] stands between them.
fn rust_flags(workspace: &Workspace) -> Result<String> {
    let asked = std::env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = asked.split_whitespace().map(str::to_owned).collect();
    flags.push("-Ctarget-feature=+simd128".to_owned());
    flags.push(format!("-Clink-arg=-zstack-size={STACK_BYTES}"));
    let mut remap = |from: &Path, to: &str| {
        flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    };

    // Where the standard library's sources are installed, the compiler names them by their path;
    // elsewhere by the compiler's commit.
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
        // Of several that fit, the compiler takes the last: the registries, whose names tell a
        // host.
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

    let (before, after) = (fs::read(module)?, fs::read(&smaller)?);
    let pack =
        wasm::section(&before, CUSTOM_SECTION).context("crates/seeds made no pack of the seeds")?;
    ensure!(
        wasm::section(&after, CUSTOM_SECTION)? == pack,
        "wasm-opt has changed the section {CUSTOM_SECTION}"
    );
    Ok(fs::rename(&smaller, module)?)
}

/// The bytes of the module that was built last.
///
/// # Errors
///
/// When there is none.
pub fn module(workspace: &Workspace) -> Result<Vec<u8>> {
    fs::read(workspace.engine().join(ENGINE))
        .context("build the engine with `cargo xtask build` first")
}
