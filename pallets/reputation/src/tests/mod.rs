mod encoding;
mod leaderboard;
mod reciprocity;
mod set_parameters;
mod standing;
mod try_state;
