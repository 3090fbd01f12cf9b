/// When what an identity did is an incident. Product defaults: no clause states them. Each is set so that ordinary people and machines stay well
/// below it; what is slow or spread is judged on the identity's life, what is quick on its episodes.
package struct DetectionThresholds: Sendable {
    // Reading.
    /// Reads of a foreign network, its distinct records, or its bytes: a patient abroad looks at a dozen pages of a few records of their own, a
    /// colleague on a business trip at some thirty.
    package var foreignReads = 80
    package var foreignRecords = 50
    /// Who comes back to fewer records than this, however often, looks at what is their own.
    package var foreignFewRecords = 15
    package var foreignBytes: UInt64 = 16 << 20
    /// Of one day, at least, before "far above the others" means anything: reads, rows, bytes.
    package var bulkReads: UInt64 = 600
    package var bulkRows: UInt64 = 4_000
    package var bulkBytes: UInt64 = 24 << 20
    /// …and so many times what nine of ten peers take on their best day.
    package var bulkOverPeers = 3.0
    /// With fewer peers there is no comparison; then only so many times the least counts.
    package var peersNeeded = 20
    package var withoutPeers = 4.0
    /// …and so many times, and so many standard deviations above, what the identity itself usually takes in a day.
    package var overHabit = 3.0
    package var deviations = 3.0
    /// An identity that is there on so many days, and on this share of the log's days, has habits.
    package var habitDays: UInt32 = 5
    package var habitShare = 0.25
    /// Seconds within which somebody new comes, takes and leaves.
    package var shortLife: UInt32 = 10 * 86_400
    /// Numbers one after the other in long runs, and their share: leafing through lists stays below.
    package var sequential = 100
    package var sequentialShare = 0.5
    /// Distinct records of one episode out of order, at least, and so many times the peers' best.
    package var shuffledRecords = 300
    package var shuffledOverPeers = 3.0
    /// Reads or rows of one night: more than somebody on duty looks up; and so many times the account's other nights.
    package var nightReads: UInt64 = 100
    package var nightRows: UInt64 = 5_000
    package var nightOverHabit = 4.0
    /// Whose nights are more than this share of its days works by night; who has fewer working days than this isn't known yet.
    package var nightShare = 0.5
    package var nightWorkDays: UInt32 = 3

    // Logging in.
    /// Failures of one address, or at one account: more than people mistype and than a lockout allows…
    package var failures = 20
    /// …when they come faster than this, in seconds from one to the next; slower ones may be a job whose password ran out, and must be more.
    package var guessingPace = 120.0
    package var slowFailures = 60
    /// Failures for every success: behind one office address a few in a hundred mistype.
    package var failuresPerSuccess = 3.0
    /// Failures before a success that make it the guesser's.
    package var failuresBeforeSuccess = 12
    /// Accounts tried by one address.
    package var accountsTried = 12
    /// Tries at each account: more are guesses at few accounts.
    package var triesPerAccount = 40.0
    /// Tries at each account in rounds: from here on it is one password after the other, not one pair after the other.
    package var rounds = 1.7
    /// A first round is as slow as this to stay unseen (seconds), and at no more accounts than an organisation has at hand; lists of stolen pairs
    /// are long and run through quickly.
    package var sprayPace = 10.0
    package var sprayAccounts = 200
    /// Addresses that a wave of failures comes from, at least.
    package var swarmAddresses = 10
    package var swarmFailures = 30
    /// Failures of one client program in one hour, from which the hour belongs to a wave.
    package var swarmHour = 5
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
    /// Pages of administration that were shown, or refused, to an address outside.
    package var administrations = 2
    package var refusedAdministrations = 12

    // Accounts and databases.
    /// km/h, airline speed; between regions less their radii.
    package var speed = 900.0
    /// An account that jumps more often than this has a way to be in two places (a relay, a shared account), and is no traveller.
    package var habitualJumps = 12
    /// An account is dormant after its dormancy, and after so many times its own longest silence before, if it had been used on so many days.
    package var silenceOverHabit = 2.0
    package var daysBeforeSilence: UInt32 = 2
    /// Work after a long silence: reads, rows, or privileged acts.
    package var wakingReads = 3
    /// Nights on which the same account dumps from the same address at the same hour: a backup.
    package var backupNights = 5
    /// Days on which an address speaks to a database that make it one of its clients.
    package var clientDays: UInt32 = 5

    package init() {}
}
