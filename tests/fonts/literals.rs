//! A scanner for what a Rust or Slint source may show: everything outside its comments.

/// Lines (from 1) with their characters outside comments, `\u{…}` in strings decoded. Escapes in
/// character literals stay as written: they are code, such as the bounds of a range. What follows
/// an inline test module is left out.
pub fn shown_text(source: &str) -> Vec<(usize, String)> {
    let source = match source.find("#[cfg(test)]\nmod ") {
        Some(at) if source[at..].lines().nth(1).is_some_and(|l| l.ends_with('{')) => &source[..at],
        _ => source,
    };
    let mut scanner = Scanner { rest: source, out: String::new() };
    scanner.run();
    let lines = scanner.out.lines().map(str::to_owned).enumerate();
    lines.map(|(index, text)| (index + 1, text)).collect()
}

struct Scanner<'a> {
    rest: &'a str,
    /// What was kept; it has the source's line ends.
    out: String,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            if self.rest.starts_with("//") {
                self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                self.block_comment();
            } else if let Some(hashes) = raw_string(self.rest, &self.out) {
                let close = format!("\"{}", "#".repeat(hashes));
                let open = hashes + 2;
                let end = self.rest[open..].find(&close).map(|at| open + at + close.len());
                self.keep(end.unwrap_or(self.rest.len()));
            } else if c == '"' {
                self.keep(1);
                self.string();
            } else if c == '\'' {
                self.keep(char_literal(self.rest));
            } else {
                self.keep(c.len_utf8());
            }
        }
    }

    fn keep(&mut self, bytes: usize) {
        self.out.push_str(&self.rest[..bytes]);
        self.rest = &self.rest[bytes..];
    }

    /// Drops bytes but for their line ends.
    fn skip(&mut self, bytes: usize) {
        self.out.extend(self.rest[..bytes].chars().filter(|&c| c == '\n'));
        self.rest = &self.rest[bytes..];
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            if self.rest.starts_with("/*") {
                depth += 1;
                self.skip(2);
            } else if self.rest.starts_with("*/") {
                depth -= 1;
                self.skip(2);
            } else {
                let Some(c) = self.rest.chars().next() else { return };
                self.skip(c.len_utf8());
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// The rest of a string literal whose opening quote is behind.
    fn string(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            if let Some((decoded, length)) = unicode_escape(self.rest) {
                self.out.push(decoded);
                self.skip(length);
            } else if c == '\\' {
                let escaped = self.rest.chars().nth(1).map_or(0, char::len_utf8);
                self.keep(1 + escaped);
            } else {
                self.keep(c.len_utf8());
                if c == '"' {
                    return;
                }
            }
        }
    }
}

/// The number of hashes, if `rest` opens a raw string: `r"`, `r#"`, …
fn raw_string(rest: &str, before: &str) -> Option<usize> {
    let tail = rest.strip_prefix('r')?;
    let hashes = tail.len() - tail.trim_start_matches('#').len();
    // A raw byte string is `br"`; any other letter before makes this the end of a name.
    let name = before.strip_suffix('b').unwrap_or(before);
    let inside_name = name.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    (tail[hashes..].starts_with('"') && !inside_name).then_some(hashes)
}

/// Bytes of the character literal `rest` opens with, or of a lifetime's mark alone.
fn char_literal(rest: &str) -> usize {
    let mut chars = rest[1..].chars();
    match (chars.next(), chars.next()) {
        (Some('\\'), Some(escaped)) => {
            let start = 2 + escaped.len_utf8();
            rest[start..].find('\'').map_or(rest.len(), |at| start + at + 1)
        }
        (Some(c), Some('\'')) => 2 + c.len_utf8(),
        _ => 1,
    }
}

/// The character and length of a `\u{…}` at the start of `rest`.
fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let (digits, _) = rest.strip_prefix("\\u{")?.split_once('}')?;
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((c, digits.len() + 4))
}

#[test]
fn comments_are_left_out_and_strings_kept() {
    let cases: [(&str, &[(usize, &str)]); 11] = [
        ("a // 注\nb", &[(1, "a "), (2, "b")]),
        ("/* 一\n/* 二 */ 三 */x", &[(1, ""), (2, "x")]),
        ("\"http://医\" // 注", &[(1, "\"http://医\" ")]),
        (r#""\"// 医" // 注"#, &[(1, r#""\"// 医" "#)]),
        (r#""\\" // 注"#, &[(1, r#""\\" "#)]),
        ("r#\"\"//医\"# // 注", &[(1, "r#\"\"//医\"# ")]),
        ("r\"\\\" // 注", &[(1, "r\"\\\" ")]),
        ("'\"' // 注", &[(1, "'\"' ")]),
        ("'\\'' '元' &'a str // 注", &[(1, "'\\'' '元' &'a str ")]),
        ("\"\\u{2713}\" '\\u{9fff}'", &[(1, "\"✓\" '\\u{9fff}'")]),
        ("\"医\"\n#[cfg(test)]\nmod tests {\n\"💊\"", &[(1, "\"医\"")]),
    ];
    for (source, expected) in cases {
        let found = shown_text(source);
        let found: Vec<(usize, &str)> = found.iter().map(|(n, t)| (*n, t.as_str())).collect();
        assert_eq!(found, expected, "in {source:?}");
    }
    assert_eq!(shown_text("#[cfg(test)]\nmod tests;\n\"医\"").len(), 3);
}
