/// A format that logs come in.
package struct LogFormat: Sendable {
    /// What a log is a log of: routes Sigma rules, and says which detections make sense.
    package enum Family: String, Sendable, CaseIterable {
        case web, webError, proxy, database, cache, system, authentication, audit, application
    }

    /// Never changes: `nginx-combined`, `postgresql-csv`. What `--format` takes and reports show.
    package let id: String
    package let family: Family
    /// Every line stands for itself: a file may be cut at any newline and its parts read at once.
    package let isLineWise: Bool
    /// Stamps without a year: they need ``LogContext/newYears``.
    package let isYearless: Bool
    /// Sigma's names: `webserver`, `nginx`, `linux`, `sshd`, …: `product`, `category` and `service` that the format's events answer to.
    package let sigma: SigmaSource
    package let makeParser: @Sendable (LogContext) -> any LineParser

    package struct SigmaSource: Hashable, Sendable {
        package var categories: Set<String>
        package var products: Set<String>
        package var services: Set<String>

        package init(categories: Set<String> = [], products: Set<String> = [], services: Set<String> = []) {
            self.categories = categories
            self.products = products
            self.services = services
        }
    }

    package init(
        _ id: String, _ family: Family, isLineWise: Bool = false, isYearless: Bool = false, sigma: SigmaSource = SigmaSource(),
        makeParser: @escaping @Sendable (LogContext) -> any LineParser
    ) {
        self.id = id
        self.family = family
        self.isLineWise = isLineWise
        self.isYearless = isYearless
        self.sigma = sigma
        self.makeParser = makeParser
    }

    /// Where two formats read a sample equally well, the earlier one is meant: the special before the general.
    package static let all: [LogFormat] = WebFormats.all + DatabaseFormats.all + SystemFormats.all

    /// By its id, or as the user describes it: ``DatabaseFormats/custom(_:)``.
    package static func named(_ id: String) -> LogFormat? { all.first { $0.id == id } ?? DatabaseFormats.custom(id) }
}
