//! The words that records use for kinds, roles, standings and fields: those of the facts' JSON.

use crate::facts::{AttackKind, Field, PerpetratorKind, Role, Stage, Standing};
use crate::fields::Choice;

impl Choice for AttackKind {
    const ALL: &'static [(&'static str, Self)] = &[
        ("bombing", AttackKind::Bombing),
        ("suicide_bombing", AttackKind::SuicideBombing),
        ("grenade", AttackKind::Grenade),
        ("shooting", AttackKind::Shooting),
        ("stabbing", AttackKind::Stabbing),
        ("vehicle_attack", AttackKind::VehicleAttack),
        ("arson", AttackKind::Arson),
        ("assassination", AttackKind::Assassination),
        ("massacre", AttackKind::Massacre),
        ("armed_assault", AttackKind::ArmedAssault),
        ("beating", AttackKind::Beating),
        ("air_strike", AttackKind::AirStrike),
        ("shelling", AttackKind::Shelling),
        ("chemical_attack", AttackKind::ChemicalAttack),
        ("kidnapping", AttackKind::Kidnapping),
        ("hostage_taking", AttackKind::HostageTaking),
        ("hijacking", AttackKind::Hijacking),
        ("robbery", AttackKind::Robbery),
        ("sabotage", AttackKind::Sabotage),
        ("mob_violence", AttackKind::MobViolence),
        ("attack", AttackKind::Attack),
        ("other", AttackKind::Other),
    ];
}

impl Choice for Role {
    const ALL: &'static [(&'static str, Self)] = &[
        ("expert", Role::Expert),
        ("official", Role::Official),
        ("witness", Role::Witness),
        ("victim", Role::Victim),
        ("perpetrator", Role::Perpetrator),
        ("other", Role::Other),
    ];
}

impl Choice for Stage {
    const ALL: &'static [(&'static str, Self)] = &[
        ("accomplished", Stage::Accomplished),
        ("attempted", Stage::Attempted),
        ("foiled", Stage::Foiled),
        ("threatened", Stage::Threatened),
    ];
}

impl Choice for Standing {
    const ALL: &'static [(&'static str, Self)] = &[
        ("claimed", Standing::Claimed),
        ("blamed", Standing::Blamed),
        ("suspected", Standing::Suspected),
        ("convicted", Standing::Convicted),
        ("stated", Standing::Stated),
    ];
}

impl Choice for PerpetratorKind {
    const ALL: &'static [(&'static str, Self)] = &[
        ("organization", PerpetratorKind::Organization),
        ("person", PerpetratorKind::Person),
        ("group", PerpetratorKind::Group),
    ];
}

/// The values of an attack that a record can take away.
impl Choice for Field {
    const ALL: &'static [(&'static str, Self)] = &[
        ("name", Field::Name),
        ("date", Field::Date),
        ("place", Field::Place),
        ("killed", Field::Killed),
        ("injured", Field::Injured),
        ("hostages", Field::Hostages),
        ("perpetrator", Field::Perpetrator),
        ("target", Field::Target),
        ("weapon", Field::Weapon),
    ];
}
