//! A program that never outlives the test that started it.

use std::process::{Child, Command, ExitStatus, Stdio};

/// A running program. Dropped, it is killed; it is also killed when the test's process ends in any other way.
pub struct Process {
	child: Child,
	watchdog: Child,
}

impl Process {
	/// Starts the program.
	pub fn start(command: &mut Command) -> Self {
		let child = command.stdin(Stdio::null()).spawn().expect("the program starts");
		// The pipe closes when this process ends, however it ends.
		let watchdog = Command::new("sh")
			.args(["-c", "read -r _; kill -9 \"$0\"", &child.id().to_string()])
			.stdin(Stdio::piped())
			.stdout(Stdio::null())
			.stderr(Stdio::null())
			.spawn()
			.expect("sh starts");
		Self { child, watchdog }
	}

	/// Its process id.
	pub fn id(&self) -> u32 {
		self.child.id()
	}

	/// How it ended, if it did.
	pub fn ended(&mut self) -> Option<ExitStatus> {
		self.child.try_wait().expect("a child can be waited for")
	}

	/// Pulls the plug: SIGKILL.
	pub fn kill(&mut self) {
		self.dismiss_watchdog();
		let _ = self.child.kill();
		let _ = self.child.wait();
	}

	/// Asks it to end, as an operator does (SIGTERM), and waits until it has.
	pub fn stop(&mut self) -> ExitStatus {
		let asked = Command::new("kill").arg(self.child.id().to_string()).status();
		assert!(asked.is_ok_and(|status| status.success()), "a running program can be asked to end");
		let status = self.child.wait().expect("a child can be waited for");
		self.dismiss_watchdog();
		status
	}

	/// Before the process id is free for others.
	fn dismiss_watchdog(&mut self) {
		let _ = self.watchdog.kill();
		let _ = self.watchdog.wait();
	}
}

impl Drop for Process {
	fn drop(&mut self) {
		self.kill();
	}
}
