//! Replays what the fuzzers keep, and what the simulated devices say today, without a fuzzer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[path = "../fuzz/src/lib.rs"]
mod targets;

/// Files of all corpora, and their bytes, at most: they are read at each test run.
const FILES_MAX: usize = 200;
const BYTES_MAX: usize = 200 * 1024;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn files(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = fuzz().join("corpus").join(target);
    let paths = names(&folder).into_iter().map(|name| folder.join(name));
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn every_target_takes_its_corpus() {
    for (name, target) in targets::TARGETS {
        let files = files(name);
        assert!(!files.is_empty(), "{name} has no corpus");
        for (path, bytes) in files {
            // The name stays on the screen when the target panics.
            println!("{}", path.display());
            target(&bytes);
        }
    }
}

#[test]
fn every_target_takes_what_the_devices_say_today() {
    let mut seen = BTreeSet::new();
    for (name, bytes) in targets::seeds::seeds() {
        println!("{name}: {bytes:02X?}");
        targets::run(name, &bytes);
        seen.insert(name);
    }
    assert!(targets::TARGETS.iter().all(|(name, _)| seen.contains(name)), "{seen:?}");
}

#[test]
fn every_target_has_its_places_and_the_corpora_are_small() {
    let known: BTreeSet<String> =
        targets::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&fuzz().join("corpus")), known);
    let sources = known.iter().map(|name| format!("{name}.rs")).collect();
    assert_eq!(names(&fuzz().join("fuzz_targets")), sources);
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let mut kept = Vec::new();
    for name in &known {
        assert!(manifest.contains(&format!("\nname = \"{name}\"\n")), "{name} is no [[bin]]");
        let source = fuzz().join("fuzz_targets").join(format!("{name}.rs"));
        assert!(fs::read_to_string(source).unwrap().contains(&format!("run(\"{name}\"")));
        kept.extend(files(name).into_iter().map(|(_, bytes)| bytes.len()));
    }
    let bytes: usize = kept.iter().sum();
    assert!(kept.len() <= FILES_MAX && bytes <= BYTES_MAX, "{} files, {bytes} bytes", kept.len());
}

/// Writes the seeds into the corpora: run it after a device was added, then minimise.
#[test]
#[ignore = "writes files: cargo test -p gongji-hal --features sim --test corpora -- --ignored"]
fn write_seeds() {
    for (name, _) in targets::TARGETS {
        let folder = fuzz().join("corpus").join(name);
        fs::create_dir_all(&folder).unwrap();
        for (path, _) in files(name) {
            if path.file_name().is_some_and(|file| file.to_string_lossy().starts_with("seed-")) {
                fs::remove_file(path).unwrap();
            }
        }
        let seeds = targets::seeds::seeds().into_iter().filter(|(target, _)| target == name);
        for (number, (_, bytes)) in seeds.enumerate() {
            fs::write(folder.join(format!("seed-{number:02}")), bytes).unwrap();
        }
    }
}
