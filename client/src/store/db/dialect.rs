//! How statements that are written for SQLite read for PostgreSQL.

/// `?` and `?N` as `$N`. What is in quotes stays.
pub(super) fn placeholders(sql: &str) -> String {
	let mut translated = String::with_capacity(sql.len() + 16);
	let (mut quoted, mut count) = (false, 0);
	let mut letters = sql.chars().peekable();
	while let Some(letter) = letters.next() {
		quoted ^= letter == '\'';
		if letter != '?' || quoted {
			translated.push(letter);
			continue;
		}
		translated.push('$');
		if !letters.peek().is_some_and(char::is_ascii_digit) {
			count += 1;
			translated.push_str(&count.to_string());
		}
	}
	translated
}

/// Definitions of tables. Texts are compared byte by byte, as SQLite does, whatever the database's language is. A line
/// that ends in `--sqlite` is for SQLite alone; what follows `--postgres:` SQLite takes for a comment.
pub(super) fn tables(sql: &str) -> String {
	let lines = sql.lines().filter(|line| !line.ends_with("--sqlite"));
	let lines: Vec<String> =
		lines.map(|line| definition(line.trim_start().trim_start_matches("--postgres:"))).collect();
	lines.join("\n")
}

fn definition(line: &str) -> String {
	line.replace(" INTEGER", " BIGINT")
		.replace(" BLOB", " BYTEA")
		.replace(" TEXT", " TEXT COLLATE \"C\"")
		.replace(" WITHOUT ROWID", "")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn values_should_keep_their_numbers_and_their_order() {
		assert_eq!(placeholders("a = ? AND b > ? AND c = '?'"), "a = $1 AND b > $2 AND c = '?'");
		assert_eq!(placeholders("a = ?2 AND (b, c) != (?1, ?12)"), "a = $2 AND (b, c) != ($1, $12)");
		assert_eq!(placeholders("SELECT 'it''s' WHERE ? IN (?)"), "SELECT 'it''s' WHERE $1 IN ($2)");
	}

	#[test]
	fn tables_should_have_the_types_and_the_lines_of_the_other_database() {
		let sql = "CREATE TABLE t (\n\ta INTEGER PRIMARY KEY, --sqlite\n\t--postgres:a INTEGER NOT NULL,\n\tb TEXT,\n\tc BLOB\n) WITHOUT ROWID;";
		assert_eq!(tables(sql), "CREATE TABLE t (\na BIGINT NOT NULL,\nb TEXT COLLATE \"C\",\nc BYTEA\n);");
	}
}
