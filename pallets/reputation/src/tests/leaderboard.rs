use crate::mock::*;
use cti_primitives::{AuthorId, Standing};
use cti_scoring::HALF_LIFE;

fn ranking(limit: u32) -> Vec<u32> {
	Reputation::leaderboard(limit).into_iter().map(|info| info.author.0).collect()
}

#[test]
fn leaderboard_should_list_every_active_member_from_the_start() {
	build_and_execute(|| {
		assert_eq!(ranking(10), [0, 1, 2, 3, 4]);
	});
}

#[test]
fn leaderboard_should_put_the_best_standing_first() {
	build_and_execute(|| {
		give_evidence(0, 0, 6, START);
		give_evidence(1, 4, 0, START);
		give_evidence(3, 20, 0, START);
		assert_eq!(ranking(10), [3, 1, 2, 4, 0]);
		assert_eq!(Reputation::leaderboard(1), [Reputation::standing(AuthorId(3))]);
	});
}

#[test]
fn leaderboard_should_prefer_more_evidence_and_then_the_older_member() {
	build_and_execute(|| {
		give_evidence(2, 5, 5, START);
		give_evidence(4, 9, 9, START);
		assert_eq!(ranking(10), [4, 2, 0, 1, 3]);
	});
}

#[test]
fn leaderboard_should_weigh_by_what_is_left_of_the_evidence() {
	build_and_execute(|| {
		give_evidence(0, 12, 0, START - 2 * HALF_LIFE);
		give_evidence(1, 4, 0, START);
		assert_eq!(ranking(2), [1, 0]);
	});
}

#[test]
fn leaderboard_should_leave_out_who_is_not_active() {
	build_and_execute(|| {
		give_evidence(1, 20, 0, START);
		Admitted::set(vec![
			Standing::Active,
			Standing::Suspended,
			Standing::Active,
			Standing::Left,
			Standing::Expelled,
			Standing::Active,
		]);
		assert_eq!(ranking(10), [0, 2, 5]);
	});
}

#[test]
fn leaderboard_should_never_exceed_its_limit() {
	build_and_execute(|| {
		Admitted::set(vec![Standing::Active; 300]);
		assert_eq!(ranking(0), Vec::<u32>::new());
		assert_eq!(ranking(7).len(), 7);
		assert_eq!(ranking(256).len(), 256);
		assert_eq!(ranking(u32::MAX).len(), 256);
	});
}

#[test]
fn leaderboard_should_find_the_best_beyond_its_limit() {
	build_and_execute(|| {
		Admitted::set(vec![Standing::Active; 300]);
		give_evidence(299, 4, 0, START);
		assert_eq!(ranking(1), [299]);
	});
}
