/// When what an identity did is an incident. Product defaults: no clause states them. Each is set so that ordinary people and machines stay well
/// below it; what is slow or spread is judged on the identity's life, what is quick on its episodes.
package struct DetectionThresholds: Sendable {
    // Reading.
    /// Reads of a foreign address in one episode, or in all: a patient abroad looks at a few dozen pages of their own.
    package var foreignReads = 100
    /// Distinct records of a foreign address: a patient has a dozen, seldom more.
    package var foreignRecords = 60
    package var foreignBytes: UInt64 = 16 << 20
    /// Reads, records and bytes of one episode, at least, before "far above the others" means anything.
    package var bulkReads: UInt64 = 600
    package var bulkRows: UInt64 = 3_000
    package var bulkBytes: UInt64 = 24 << 20
    /// …and so many times what 95 of 100 peers take on their best day.
    package var bulkOverPeers = 4.0
    /// …and so many times what three of four of its own days stay below.
    package var bulkOverHabit = 6.0
    /// With fewer peers there is no comparison; then only so many times the least counts.
    package var peersNeeded = 20
    package var withoutPeers: UInt64 = 4
    /// Numbers one after the other in long runs, and their share: leafing through lists stays below.
    package var sequential = 120
    package var sequentialShare = 0.5
    /// Distinct records of one episode out of order, at least, and so many times the peers' 95th percentile.
    package var shuffledRecords = 200
    package var shuffledOverPeers = 3.0
    /// An identity that is there on so many days, and on this share of the log's days, has habits.
    package var habitDays: UInt32 = 5
    package var habitShare = 0.25
    /// Outside business hours: records of one night, at least, and so many times its usual nights and days.
    package var nightVolume: UInt64 = 200
    package var nightOverHabit = 4.0
    /// Who works on this share of their days at night has a habit of it.
    package var nightShare = 0.3

    // Logging in.
    /// Failures of one address, or at one account: twice what a lockout allows, four times what a person tries.
    package var failures = 20
    /// Failures for every success: behind one office address a few in a hundred mistype.
    package var failuresPerSuccess = 3.0
    /// Failures before a success that make it the guesser's.
    package var failuresBeforeSuccess = 12
    /// Accounts tried by one address.
    package var accountsTried = 12
    /// Tries at each account: more are guesses at few accounts.
    package var triesPerAccount = 40.0
    /// Rounds over the same accounts: from here on it is one password after the other, not one pair after the other.
    package var rounds = 1.7
    /// Networks that a wave of failures comes from.
    package var swarmAddresses = 12
    package var swarmFailures = 30
    package var swarmFailureShare = 0.5

    // Attacking.
    /// A lone quote in a search is no injection; three attempts, or one that was answered unlike the rest, are.
    package var injections = 3
    package var traversals = 2
    /// Probed paths, or missed shapes: a forgotten link misses one or two.
    package var probes = 6
    package var missedShapes = 25
    package var missShare = 0.5
    package var toolRequests = 4
    /// Size of an answer above the shape's usual ones that shows that more came back than should.
    package var answerOverUsual = 3.0
    /// Pages of administration that were shown.
    package var administrations = 1

    // Accounts.
    /// km/h, airline speed; between regions less their radii.
    package var speed = 900.0
    /// An account that jumps more often than this has a way to be in two places (a relay, a shared account), and is no traveller.
    package var habitualJumps = 12
    /// Work after a long silence: reads, rows, or privileged acts.
    package var wakingReads = 5
    /// Nights on which the same account dumps from the same address at the same hour: a backup.
    package var backupNights = 4

    package init() {}
}
