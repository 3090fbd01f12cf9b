/// What opening every sealed cell of a table has shown.
package struct SealVerification: Sendable, Hashable {
    package struct Failure: Sendable, Hashable, CustomStringConvertible {
        package var place: CellPlace
        package var reason: String
        package var description: String { "\(place): \(reason)" }
    }

    package var rows = 0
    package var opened = 0
    package var nulls = 0
    package var plaintext = 0
    package var failed = 0
    /// Companions that don't belong to their cell.
    package var wrongCompanions = 0
    /// The first of the cells that aren't right, with why; never a value.
    package private(set) var failures: [Failure] = []

    private static let kept = 20

    package init() {}

    package var isSound: Bool { plaintext == 0 && failed == 0 && wrongCompanions == 0 }

    /// Counts what the check of one cell has found.
    mutating func add(_ finding: CellFinding, at place: @autoclosure () -> CellPlace) {
        switch finding {
        case .null: return nulls += 1
        case .opened: return opened += 1
        case .plaintext: plaintext += 1
        case .wrongCompanion(let isNull):
            (wrongCompanions, opened, nulls) = (wrongCompanions + 1, opened + (isNull ? 0 : 1), nulls + (isNull ? 1 : 0))
        case .failed: failed += 1
        }
        if failures.count < Self.kept { failures.append(Failure(place: place(), reason: finding.reason)) }
    }
}

/// What is the matter with one cell.
enum CellFinding {
    case null
    case opened
    case plaintext
    case wrongCompanion(isNull: Bool)
    case failed(String)

    var reason: String {
        switch self {
        case .null, .opened: ""
        case .plaintext: "is not sealed"
        case .wrongCompanion: "has an index value that isn't its own"
        case .failed(let why): why
        }
    }
}
