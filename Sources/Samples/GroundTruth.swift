/// What a sample log really holds: what an assessment of it must find.
package struct GroundTruth: Codable, Hashable, Sendable {
    package struct Share: Codable, Hashable, Sendable {
        package internal(set) var requests = 0
        /// Bytes of response bodies, as the log says.
        package internal(set) var bytes = 0
    }

    package struct Address: Codable, Hashable, Sendable {
        package internal(set) var address: String
        /// ISO 3166-1 alpha-2 (a region's code).
        package internal(set) var region: String
        package internal(set) var requests = 0
        package internal(set) var bytes = 0
        /// Seconds since 1970; nil when the address never came.
        package internal(set) var first: Int?
        package internal(set) var last: Int?
    }

    package struct Gap: Codable, Hashable, Sendable {
        /// Seconds since 1970: nothing happened from here up to, but not including, `end`.
        package internal(set) var start: Int
        package internal(set) var end: Int
    }

    package internal(set) var lines = 0
    package internal(set) var bytes = 0
    /// Seconds since 1970; nil when the log is empty.
    package internal(set) var first: Int?
    package internal(set) var last: Int?
    /// By region code: CN, HK, US, …
    package internal(set) var regions: [String: Share] = [:]
    /// The addresses that took records.
    package internal(set) var theft: [Address] = []
    /// Everybody else from outside mainland China.
    package internal(set) var otherOverseas: [Address] = []
    package internal(set) var gaps: [Gap] = []
}
