import Cryptography
import Datastores
import Foundation
import Sealing

/// What `--column` asks for: `NAME[:index[=BITS|unique]][:suffix=N][:prefix=N][:fpe[=FORMAT]][:as=NORMALISER]`.
struct ColumnSpec {
    private enum Width {
        case planned
        case bits(Int)
        case full
    }

    let name: String
    private(set) var keepsForm = false
    /// Nil: found out from the column's values.
    private(set) var format: FormatPreservingCipher.Format?
    private var normaliser = BlindIndexNormaliser.exact
    private var indexes: [(part: BlindIndexDefinition.Part, width: Width)] = []
    private let text: String

    /// - Throws: ``Failure`` with what to write.
    init(_ text: String) throws {
        self.text = text
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        name = parts.first ?? ""
        guard !name.isEmpty else { throw mend("a name is missing") }
        for part in parts.dropFirst() {
            let words = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            try add(words[0], words.count == 2 ? words[1] : nil)
        }
    }

    private mutating func add(_ word: String, _ value: String?) throws {
        switch (word, value) {
        case ("index", nil): indexes.append((.whole, .planned))
        case ("index", "unique"): indexes.append((.whole, .full))
        case ("index", let value?): indexes.append((.whole, .bits(try number(value, in: 1...63, "bits"))))
        case ("suffix", let value?): indexes.append((.suffix(try number(value, in: 1...16, "characters")), .planned))
        case ("prefix", let value?): indexes.append((.prefix(try number(value, in: 1...16, "characters")), .planned))
        case ("fpe", let value):
            keepsForm = true
            if let value { format = try Self.format(named: value) ?? { throw mend("\(value) is no form that can be kept") }() }
        case ("as", let value?):
            guard let wanted = BlindIndexNormaliser(rawValue: value) else { throw mend("\(value) is no way of reading") }
            normaliser = wanted
        default: throw mend("\(word) isn't understood")
        }
    }

    private func number(_ text: String, in range: ClosedRange<Int>, _ what: String) throws -> Int {
        guard let number = Int(text), range.contains(number) else { throw mend("\(text): \(range.lowerBound) to \(range.upperBound) \(what)") }
        return number
    }

    private func mend(_ why: String) -> Failure {
        Failure.input(
            """
            --column \(text): \(why); write NAME, NAME:index[=BITS], NAME:index=unique, NAME:suffix=N, NAME:prefix=N, \
            NAME:fpe[=mobile|bank-card|resident-id] or NAME:…:as=digits|alphanumeric|name
            """)
    }

    static func format(named name: String) -> FormatPreservingCipher.Format? {
        switch name {
        case "mobile": .mobile
        case "bank-card": .bankCard
        case "resident-id": ResidentIDDomain.standard.map { .residentID($0) }
        default: nil
        }
    }

    /// - Parameters:
    ///   - rows: of the table; the indexes that name no bits share what ``BlindIndexPlan`` allows for the column.
    func column(rows: Int?, format: FormatPreservingCipher.Format?) throws -> SealColumn {
        let requests = indexes.map { part, width in
            var request = BlindIndexPlan.Request(name: name, isPart: part != .whole)
            switch width {
            case .planned: break
            case .bits(let bits): request.bits = bits
            case .full: (request.full, request.unique) = (true, true)
            }
            if case .suffix(let count) = part, normaliser == .digits { request.domainBits = Double(count) * log2(10) }
            return request
        }
        let plan = try BlindIndexPlan(rows: rows ?? 0, requests: requests)
        let definitions = zip(indexes, plan.entries).map { index, entry in
            BlindIndexDefinition(normaliser: entry.width == .full ? .exact : normaliser, part: index.part, width: entry.width)
        }
        return SealColumn(name, protection: format.map { .formatPreserving($0) } ?? .envelope, indexes: definitions)
    }
}

/// Finds out which form a column's values have.
struct FormatFinder {
    let place: SealedTableOptions
    let request: SealRequest
    private static let sample = 1_000

    init(place: SealedTableOptions, request: SealRequest) {
        self.place = place
        self.request = request
    }

    /// The one that all of a sample's values have.
    /// - Throws: ``Failure`` when there is none.
    func format(of column: String) async throws -> FormatPreservingCipher.Format {
        let (request, target) = (request, try place.target())
        let values = try await withDatastore(target.location, scope: target.scope, password: target.password, access: .read) { store in
            let table = try store.tables().first { $0.name == request.table && ($0.schema ?? request.schema) == request.schema }
            guard let table, table.columns.contains(where: { $0.name == column }) else {
                throw Failure.input("there is no column \(column) in \(request.displayName), or the account may not read it")
            }
            var values: [[UInt8]] = []
            try store.scan(table, columns: [column], limit: Self.sample) { batch in
                let cells = batch.columns[0]
                values += (0..<cells.count).filter { !cells.isNull[$0] }.map { Array(cells.bytes[cells.offsets[$0]..<cells.offsets[$0 + 1]]) }
                return true
            }
            return values
        }
        let key = DataKey(id: 0, algorithm: .aes256GCM, secret: Secret([UInt8](repeating: 0, count: DataKey.minimumLength)))
        for name in ["resident-id", "mobile", "bank-card"] {
            guard let format = ColumnSpec.format(named: name) else { continue }
            let cipher = try FormatPreservingCipher(key: key, column: column, format: format)
            var output: [UInt8] = []
            let fits =
                !values.isEmpty
                && values.allSatisfy { value in
                    output.removeAll(keepingCapacity: true)
                    return (try? value.withUnsafeBytes { try cipher.encrypt($0, into: &output) }) != nil
                }
            if fits { return format }
        }
        throw Failure.input(
            "--column \(column):fpe: its values are neither all mobile numbers nor all bank cards nor all resident IDs; seal it without :fpe, or mend the values"
        )
    }
}
