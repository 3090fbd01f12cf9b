/// What is kept of an event once its line is gone: numbers only, of fixed size, so that millions of them go from the threads that read lines to
/// those that count.
package struct EventDigest: Sendable {
    /// The address's bits; IPv4 as `::ffff:a.b.c.d`. Both 0: none.
    package var high: UInt64 = 0
    package var low: UInt64 = 0
    /// Of the account's name (ASCII letters in lower case); 0 when the line names none.
    package var account: UInt64 = 0
    /// Of the path with its ids taken out, or of the statement with its literals taken out; 0 for none.
    package var shape: UInt64 = 0
    /// The number of the record or page that was asked for; ``noRecord`` for none.
    package var record = EventDigest.noRecord
    package var bytes: UInt64 = 0
    /// Where the line stands in its file: see ``LineCode``. Grows with the file.
    package var offset: UInt64 = 0
    /// Seconds since 1970.
    package var time: UInt32 = 0
    package var flags: EventFlags = []
    /// Raw value of ``AttackSigns``.
    package var signs: UInt32 = 0
    /// Of the user agent, the client program or the application name; 0 for none.
    package var agent: UInt32 = 0
    package var rows: UInt32 = 0
    /// Index of the file in the run's list.
    package var file: UInt32 = 0
    /// Of the database's name; 0 for none.
    package var database: UInt32 = 0
    package var status: UInt16 = 0
    /// Index of the source in the run's list.
    package var source: UInt16 = 0
    /// The address's region code; filled where the event has an account, 0 otherwise or when there is none.
    package var region: UInt16 = 0
    /// Raw values of `LogEvent.Action`, `LogEvent.Outcome`.
    package var action: UInt8 = 0
    package var outcome: UInt8 = 0

    package static let noRecord = UInt64.max

    package init() {}

    package var hasAddress: Bool { high != 0 || low != 0 }
}
