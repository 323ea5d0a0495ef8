//! A connection to PostgreSQL, in a thread of its own.
//!
//! Its client waits for the server in a runtime of its own, which must not be inside another one; stores are used by
//! async code and by threads without any. So it lives where there is no other runtime, and is spoken to by channels.

use super::{dialect, tls, url::Target, value::Value};
use postgres::{
	types::{FromSql, ToSql, Type},
	Client, NoTls, Row, SimpleQueryMessage, Statement,
};
use std::{
	cell::Cell,
	collections::HashMap,
	error::Error,
	sync::mpsc::{channel, Receiver, Sender},
	thread::{self, JoinHandle},
};

/// Rows that are fetched at a time where they are read one by one.
const FETCHED: usize = 128;
/// Statements that are kept prepared, at most.
const PREPARED: usize = 256;
/// A reader that goes through rows in their order wants the first ones soon, and seldom all; and nobody waits for ever.
const SET_UP: &str = "SET cursor_tuple_fraction = 0.0001; SET lock_timeout = '10s'; SHOW server_encoding";
/// Keys of the server's locks, each together with the schema: who writes, and who keeps the store up to date.
const WRITING: i32 = 0x7e57_0001;
const KEEPING: i32 = 0x7e57_0002;

/// What the thread is to do.
enum Job {
	/// Several statements without values.
	Batch(String),
	/// One statement; how many rows it changed.
	Execute(String, Vec<Value<'static>>),
	/// One statement; all its rows.
	Query(String, Vec<Value<'static>>),
	/// The next rows of a cursor.
	Fetch(String),
}

/// What came of it.
#[derive(Default)]
struct Answer {
	changed: u64,
	rows: Vec<Row>,
}

/// The connection. One question at a time.
pub(super) struct Server {
	jobs: Option<Sender<Job>>,
	answers: Receiver<Result<Answer, String>>,
	thread: Option<JoinHandle<()>>,
	cursors: Cell<usize>,
	/// A statement failed: the server keeps nothing of the transaction, and says so to the next statement only.
	failed: Cell<bool>,
	keeps: bool,
}

impl Server {
	/// Connects, or says why that cannot be.
	pub fn connect(target: Target) -> Result<Self, String> {
		let (jobs, received) = channel();
		let (answer, answers) = channel();
		let thread = thread::Builder::new().name("store".into()).spawn(move || {
			let connected = connect(target).and_then(|client| Worker { client, statements: HashMap::new() }.set_up());
			let mut worker = match connected {
				Ok(worker) => worker,
				Err(reason) => return drop(answer.send(Err(reason))),
			};
			let _ = answer.send(Ok(Answer::default()));
			for job in received {
				let _ = answer.send(worker.answer(job).map_err(|e| told(&e)));
			}
		});
		let thread = Some(thread.map_err(|e| e.to_string())?);
		let server =
			Self { jobs: Some(jobs), answers, thread, cursors: Cell::new(0), failed: Cell::new(false), keeps: false };
		server.answer()?;
		Ok(server)
	}

	fn run(&self, job: Job) -> Result<Answer, String> {
		// If the thread has ended, no answer comes either.
		let _ = self.jobs.as_ref().map(|jobs| jobs.send(job));
		self.answer()
	}

	fn answer(&self) -> Result<Answer, String> {
		let answer = self.answers.recv().unwrap_or_else(|_| Err("the connection has ended".into()));
		self.failed.set(self.failed.get() || answer.is_err());
		answer
	}

	/// Runs several statements that have no values.
	pub fn batch(&self, sql: &str) -> Result<(), String> {
		self.run(Job::Batch(sql.into())).map(drop)
	}

	/// Begins to write, alone: others wait for the end of it.
	pub fn begin(&self) -> Result<(), String> {
		self.failed.set(false);
		self.batch(&format!("BEGIN; SELECT pg_advisory_xact_lock({WRITING}, hashtext(current_schema()))"))
	}

	/// Begins to read what stands now, whatever is written meanwhile.
	pub fn begin_reading(&self) -> Result<(), String> {
		self.failed.set(false);
		self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
	}

	/// Keeps what was written since it began.
	pub fn commit(&self) -> Result<(), String> {
		match self.failed.get() {
			true => Err("a statement of the transaction failed, and nothing of it was kept".into()),
			false => self.batch("COMMIT"),
		}
	}

	/// Runs a statement; says how many rows it changed.
	pub fn execute(&self, sql: &str, values: &[Value]) -> Result<usize, String> {
		let answer = self.run(Job::Execute(sql.into(), values.iter().map(owned).collect()))?;
		Ok(usize::try_from(answer.changed).unwrap_or(usize::MAX))
	}

	/// All rows.
	pub fn query(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, String> {
		Ok(self.run(Job::Query(sql.into(), values.iter().map(owned).collect()))?.rows)
	}

	/// Opens a cursor; only within a transaction.
	pub fn rows(&self, sql: &str, values: &[Value]) -> Result<Rows<'_>, String> {
		let name = format!("rows_{}", self.cursors.get());
		self.execute(&format!("DECLARE {name} NO SCROLL CURSOR FOR {sql}"), values)?;
		self.cursors.set(self.cursors.get() + 1);
		Ok(Rows { server: self, name, ended: false })
	}

	/// Keeps others from keeping the store up to date as long as this connection lasts; `false` if another one does.
	pub fn keep(&mut self) -> Result<bool, String> {
		let sql = format!("SELECT pg_try_advisory_lock({KEEPING}, hashtext(current_schema()))");
		let rows = self.query(&sql, &[])?;
		self.keeps = rows.first().is_some_and(|row| row.get(0));
		Ok(self.keeps)
	}

	/// Does a connection hold that lock?
	pub fn is_kept(&self) -> Result<bool, String> {
		let sql = format!(
			"SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
			WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()
			AND CAST(l.classid AS BIGINT) = {KEEPING}
			AND CAST(l.objid AS BIGINT) = CAST(hashtext(current_schema()) AS BIGINT) & 4294967295)"
		);
		Ok(self.query(&sql, &[])?.first().is_some_and(|row| row.get(0)))
	}
}

/// The lock is given back at once: the server may take its time to notice the end of a connection.
impl Drop for Server {
	fn drop(&mut self) {
		if self.keeps {
			let _ = self.batch("SELECT pg_advisory_unlock_all()");
		}
		self.jobs = None;
		let _ = self.thread.take().map(JoinHandle::join);
	}
}

/// Rows that are fetched as they are read.
pub(super) struct Rows<'a> {
	server: &'a Server,
	name: String,
	ended: bool,
}

impl Rows<'_> {
	/// The next ones; `None` where there were no more.
	pub fn fetch(&mut self) -> Result<Option<Vec<Row>>, String> {
		if self.ended {
			return Ok(None);
		}
		let rows = self.server.run(Job::Fetch(format!("FETCH {FETCHED} FROM {}", self.name)))?.rows;
		self.ended = rows.len() < FETCHED;
		Ok(Some(rows))
	}
}

impl Drop for Rows<'_> {
	fn drop(&mut self) {
		self.server.cursors.set(self.server.cursors.get() - 1);
		if !self.server.failed.get() {
			let _ = self.server.batch(&format!("CLOSE {}", self.name));
		}
	}
}

fn connect(target: Target) -> Result<Client, String> {
	let Target { config, roots } = target;
	let connected = match roots {
		Some(roots) => config.connect(tls::connector(&roots)?),
		None => config.connect(NoTls),
	};
	connected.map_err(|e| told(&e))
}

/// What is in the thread.
struct Worker {
	client: Client,
	/// By the text as it is asked.
	statements: HashMap<String, Statement>,
}

impl Worker {
	fn set_up(mut self) -> Result<Self, String> {
		let said = self.client.simple_query(SET_UP).map_err(|e| told(&e))?;
		let encoding = said.iter().find_map(|message| match message {
			SimpleQueryMessage::Row(row) => row.get(0),
			_ => None,
		});
		match encoding {
			Some("UTF8") => Ok(self),
			other => {
				Err(format!("the database keeps texts as {}: make one WITH ENCODING 'UTF8'", other.unwrap_or_default()))
			}
		}
	}

	fn answer(&mut self, job: Job) -> Result<Answer, postgres::Error> {
		let (mut changed, mut rows) = (0, Vec::new());
		match job {
			Job::Batch(sql) => self.client.batch_execute(&sql)?,
			Job::Fetch(sql) => rows = self.client.query_typed(&sql, &[])?,
			Job::Execute(sql, values) => {
				let statement = self.prepared(sql)?;
				changed = self.client.execute(&statement, &parameters(&values, &statement))?;
			}
			Job::Query(sql, values) => {
				let statement = self.prepared(sql)?;
				rows = self.client.query(&statement, &parameters(&values, &statement))?;
			}
		}
		Ok(Answer { changed, rows })
	}

	fn prepared(&mut self, sql: String) -> Result<Statement, postgres::Error> {
		if let Some(statement) = self.statements.get(&sql) {
			return Ok(statement.clone());
		}
		let statement = self.client.prepare(&dialect::placeholders(&sql))?;
		if self.statements.len() >= PREPARED {
			self.statements.clear();
		}
		self.statements.insert(sql, statement.clone());
		Ok(statement)
	}
}

fn parameters<'a>(values: &'a [Value<'static>], statement: &Statement) -> Vec<&'a (dyn ToSql + Sync)> {
	let parameter = |(value, kind): (&'a Value<'static>, &Type)| -> &'a (dyn ToSql + Sync) {
		match value {
			Value::Integer(number) => number,
			Value::Text(text) => text,
			Value::Blob(bytes) => bytes,
			Value::Null if *kind == Type::TEXT => &None::<&str>,
			Value::Null if *kind == Type::BYTEA => &None::<&[u8]>,
			Value::Null => &None::<i64>,
		}
	};
	values.iter().zip(statement.params()).map(parameter).collect()
}

/// For the thread. PostgreSQL has no text with a zero byte: the character for what cannot be shown stands for it.
fn owned(value: &Value) -> Value<'static> {
	match value {
		Value::Null => Value::Null,
		Value::Integer(number) => Value::Integer(*number),
		Value::Text(text) if text.contains('\0') => Value::Text(text.replace('\0', "\u{fffd}").into()),
		Value::Text(text) => Value::Text(text.to_string().into()),
		Value::Blob(bytes) => Value::Blob(bytes.to_vec().into()),
	}
}

impl<'a> FromSql<'a> for Value<'a> {
	fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
		Ok(match *kind {
			Type::BOOL => Value::Integer(bool::from_sql(kind, raw)?.into()),
			Type::INT4 => Value::Integer(i32::from_sql(kind, raw)?.into()),
			Type::INT8 => Value::Integer(i64::from_sql(kind, raw)?),
			Type::BYTEA => Value::Blob(raw.into()),
			_ => Value::Text(<&str>::from_sql(kind, raw)?.into()),
		})
	}

	fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
		Ok(Value::Null)
	}

	fn accepts(kind: &Type) -> bool {
		[Type::BOOL, Type::INT4, Type::INT8, Type::BYTEA, Type::TEXT].contains(kind)
	}
}

/// What the server said, or what keeps it from being reached. The values of a row that it refuses are in a detail, which
/// is left out.
fn told(error: &postgres::Error) -> String {
	if let Some(said) = error.as_db_error() {
		return said.message().into();
	}
	let mut text = error.to_string();
	let mut source = error.source();
	while let Some(cause) = source {
		text = format!("{text}: {cause}");
		source = cause.source();
	}
	text
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
