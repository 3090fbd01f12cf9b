/// When taking data is a finding. Product defaults, chosen so that a search engine on a public page is none and a harvested interface is one;
/// no clause states them.
package struct TheftThresholds: Hashable, Sendable {
    /// A foreign network: so many successful requests to data interfaces in one day, or so many bytes from them (a customer who travels stays
    /// below both); or so many bytes in all, for who comes slowly…
    package var foreignDayRequests = 100
    package var foreignDayBytes = 10 << 20
    package var foreignBytes = 64 << 20
    /// …or so many record numbers one after the other.
    package var foreignSequential = 50
    /// Anyone: so many record numbers one after the other, when they are at least this share of all steps.
    package var sequential = 200
    package var sequentialShare = 0.6
    /// Anyone: so many bytes from data interfaces, and so many times what 95 in 100 networks of the same source stay below.
    package var bulkBytes = 32 << 20
    package var bulkOverBaseline = 20.0
    /// With fewer networks than this there is no baseline; then only this many bytes count.
    package var baselineNetworks = 20
    package var bulkBytesWithoutBaseline = 256 << 20
    /// Domestic and inner clients that take about the same every day (peak at most three times the mean, two weeks and more) follow a habit.
    package var habitDays = 14
    package var habitPeak = 3.0

    package init() {}
}
