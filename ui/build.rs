fn main() {
    let config = slint_build::CompilerConfiguration::new();
    if let Err(e) = slint_build::compile_with_config("app.slint", config) {
        eprintln!("{e}");
        std::process::exit(1);
    }
}
