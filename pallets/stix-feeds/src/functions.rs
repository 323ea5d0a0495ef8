//! What the calls do.

use crate::{
	pallet::{Config, Error, Event, Feeds, FeedsOf, NextFeedId, Pallet},
	position::{Link, Position},
	types::{Feed, FeedInfo, FeedSettings, PositionBytes, MAX_FEEDS},
	weights::WeightInfo,
};
use alloc::vec::Vec;
use cti_envelope::{Header, MAX_PAYLOAD};
use cti_primitives::{
	record::MAX_TECHNIQUES, Actor, Draft, FeedId, Groups, MemberId, Members, Refusal, Registry, Role, Standing, Tlp,
};
use frame::prelude::*;

/// Most time and proof, length included, that a call may take.
const WORST_CASE: Weight = Weight::from_parts(110_000_000_000, 600_000);

impl<T: Config> Pallet<T> {
	/// The member whose controller the origin is.
	pub(crate) fn ensure_controller(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		let actor = Self::ensure_actor(origin)?;
		ensure!(actor.role == Role::Controller, Error::<T>::NotTheController);
		Ok(actor.member)
	}

	/// The member whose feeds the origin may publish.
	pub(crate) fn ensure_feeder(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
		let actor = Self::ensure_actor(origin)?;
		ensure!(actor.role.may_feed(), Error::<T>::RoleMayNotFeed);
		Ok(actor.member)
	}

	fn ensure_actor(origin: OriginFor<T>) -> Result<Actor, DispatchError> {
		let account = ensure_signed(origin)?;
		Ok(T::Members::actor(&account).ok_or(Error::<T>::NotAMember)?)
	}

	fn ensure_active(member: MemberId) -> DispatchResult {
		ensure!(T::Members::standing(member) == Some(Standing::Active), Error::<T>::NotActive);
		Ok(())
	}

	fn owned_feed(owner: MemberId, id: FeedId) -> Result<Feed, DispatchError> {
		let feed = Feeds::<T>::get(id).ok_or(Error::<T>::FeedNotFound)?;
		ensure!(feed.owner == owner, Error::<T>::NotTheOwner);
		Ok(feed)
	}

	/// Checks what the settings say by themselves.
	pub(crate) fn check_settings(settings: &FeedSettings) -> DispatchResult {
		ensure!(!settings.name.is_empty(), Error::<T>::NameEmpty);
		let name = core::str::from_utf8(&settings.name).map_err(|_| Error::<T>::NameNotText)?;
		ensure!(!name.chars().any(char::is_control), Error::<T>::NameNotText);
		ensure!(settings.ceiling != Tlp::Red, Error::<T>::CeilingRed);
		ensure!(settings.default_marking.is_none_or(|tlp| tlp <= settings.ceiling), Error::<T>::DefaultAboveCeiling);
		Ok(())
	}

	/// Checks that the owner may publish to the group as strictly as the ceiling allows, whenever the group is keyed.
	fn check_group(owner: MemberId, settings: &FeedSettings) -> DispatchResult {
		let epoch = T::Groups::sealing_key(settings.group).map(|(epoch, _)| epoch).unwrap_or_default();
		let error = match T::Groups::may_publish(owner, settings.group, epoch, settings.ceiling, true) {
			Err(Refusal::UnknownGroup) => Error::<T>::UnknownGroup,
			Err(Refusal::NotInGroup) => Error::<T>::NotInGroup,
			Err(Refusal::MarkingTooStrict) => Error::<T>::CeilingAboveGroups,
			Err(Refusal::NotActive | Refusal::UnknownMember) => Error::<T>::NotActive,
			Ok(Some(_)) => Error::<T>::HiddenGroup,
			// Without a key it is not known yet whether it wants signatures: it does where nobody knows who is in it.
			Err(Refusal::StaleGroup | Refusal::WrongEpoch) if T::Groups::roster(settings.group).is_none() => {
				Error::<T>::HiddenGroup
			}
			// An open group may wait for a rekey; whether techniques may be named is each page's matter.
			_ => return Ok(()),
		};
		Err(error.into())
	}

	pub(crate) fn do_register(owner: MemberId, settings: FeedSettings) -> DispatchResult {
		Self::check_settings(&settings)?;
		Self::ensure_active(owner)?;
		Self::check_group(owner, &settings)?;
		let feed = Self::add_feed(owner, settings.clone())?;
		Self::deposit_event(Event::FeedRegistered { feed, owner, settings });
		Ok(())
	}

	/// Stores a feed under the next id.
	pub(crate) fn add_feed(owner: MemberId, settings: FeedSettings) -> Result<FeedId, DispatchError> {
		let count = FeedsOf::<T>::get(owner).saturating_add(1);
		ensure!(count <= MAX_FEEDS, Error::<T>::TooManyFeeds);
		let id = NextFeedId::<T>::get();
		let next = id.0.checked_add(1).ok_or(Error::<T>::FeedIdsExhausted)?;
		let last_block = Self::block();
		let position = PositionBytes::default();
		Feeds::<T>::insert(id, Feed { owner, settings, enabled: true, sequence: 0, position, last_block });
		FeedsOf::<T>::insert(owner, count);
		NextFeedId::<T>::put(FeedId(next));
		Ok(id)
	}

	pub(crate) fn do_update(owner: MemberId, id: FeedId, settings: FeedSettings, enabled: bool) -> DispatchResult {
		Self::check_settings(&settings)?;
		let mut feed = Self::owned_feed(owner, id)?;
		Self::ensure_active(owner)?;
		Self::check_group(owner, &settings)?;
		let previous = core::mem::replace(&mut feed.settings, settings.clone());
		feed.enabled = enabled;
		Feeds::<T>::insert(id, feed);
		Self::deposit_event(Event::FeedUpdated { feed: id, previous, settings, enabled });
		Ok(())
	}

	pub(crate) fn do_remove(owner: MemberId, id: FeedId) -> DispatchResult {
		let feed = Self::owned_feed(owner, id)?;
		Feeds::<T>::remove(id);
		FeedsOf::<T>::mutate_exists(owner, |count| {
			*count = count.map(|count| count.saturating_sub(1)).filter(|count| *count > 0);
		});
		Self::deposit_event(Event::FeedRemoved { feed: id, owner, pages: feed.sequence });
		Ok(())
	}

	/// Publishes a page. From cheap to dear: the feed, the position, the header, then the registry's checks.
	pub(crate) fn do_publish_page(
		owner: MemberId,
		id: FeedId,
		sequence: u64,
		position: PositionBytes,
		draft: Draft,
		payload: &[u8],
	) -> DispatchResult {
		let mut feed = Self::owned_feed(owner, id)?;
		ensure!(feed.enabled, Error::<T>::FeedDisabled);
		ensure!(sequence >= feed.sequence, Error::<T>::SequenceTooOld);
		ensure!(sequence == feed.sequence, Error::<T>::SequenceTooNew);
		let follows = Position::decode_from(&position).ok_or(Error::<T>::InvalidPosition)?.follows;
		ensure!(follows == Link::to(&feed.position), Error::<T>::PositionDoesNotFollow);
		let header = cti_envelope::parse(payload).map_err(|_| Error::<T>::MalformedEnvelope)?.header;
		Self::check_header(&feed.settings, &header)?;

		let record = T::Registry::publish(owner, draft, payload)?;
		feed.sequence = sequence.saturating_add(1);
		feed.position = position.clone();
		feed.last_block = Self::block();
		Feeds::<T>::insert(id, feed);
		Self::deposit_event(Event::PagePublished { feed: id, sequence, record, position, leaves: header.leaves });
		Ok(())
	}

	fn check_header(settings: &FeedSettings, header: &Header) -> DispatchResult {
		ensure!(header.tlp <= settings.ceiling, Error::<T>::MarkingAboveCeiling);
		let groups = header.audience.iter().map(|(group, _)| *group);
		ensure!(header.direct == 0 && groups.eq([settings.group]), Error::<T>::WrongAudience);
		Ok(())
	}

	fn block() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// All feeds, for the runtime API.
	pub fn feeds() -> Vec<FeedInfo> {
		Feeds::<T>::iter().map(|(id, feed)| FeedInfo::new(id, feed)).collect()
	}

	/// One feed, for the runtime API.
	pub fn feed(id: FeedId) -> Option<FeedInfo> {
		Feeds::<T>::get(id).map(|feed| FeedInfo::new(id, feed))
	}

	/// The number the feed's next page must have, for the runtime API.
	pub fn next_sequence(id: FeedId) -> Option<u64> {
		Feeds::<T>::get(id).map(|feed| feed.sequence)
	}

	/// Every call fits its share of the smallest block.
	pub(crate) fn check_configuration() {
		let payload: u32 = MAX_PAYLOAD.saturated_into();
		let worst = [
			("register_feed", T::WeightInfo::register_feed(), 0),
			("update_feed", T::WeightInfo::update_feed(), 0),
			("remove_feed", T::WeightInfo::remove_feed(), 0),
			("publish_page", T::WeightInfo::publish_page(payload, MAX_TECHNIQUES, 1), payload),
		];
		for (name, weight, length) in worst {
			let total = weight.saturating_add(Weight::from_parts(0, length.into()));
			assert!(total.all_lte(WORST_CASE), "{name} weighs {total:?}, more than {WORST_CASE:?}");
		}
	}
}
