import Datastores
import Estate
import Findings
import Foundation
import PatientData
import Regulations

/// `suwen.discover/1`.
struct DiscoveryDocument {
    let result: DiscoveryResult
    let view: InspectionView
    let inventory: DataInventory

    func json(at now: Date) throws -> [String: Any] {
        var document = try view.json(schema: "suwen.discover/1", at: now)
        document["stores"] = result.stores.map { store(name: $0.store.name, $0.result) }
        document["columns"] = result.stores.flatMap { store, result in columns(of: store.name, result) }
        document["grants"] = try objects(result.grants)
        document["persons"] = persons(result.persons)
        document["inventory"] = try objects(inventory)
        return document
    }

    private func store(name: String, _ result: StoreResult) -> [String: Any] {
        guard case .examined(let examination) = result else { return ["store": name, "tables": 0, "rows": 0, "bytes": NSNull()] }
        return [
            "store": name, "product": examination.product, "tables": examination.tables.count,
            "rows": examination.tables.reduce(0) { $0 + $1.rows }, "bytes": orNull(examination.bytes), "views": examination.views,
            "persons": persons(examination.persons),
        ]
    }

    private func columns(of store: String, _ result: StoreResult) -> [[String: Any]] {
        guard case .examined(let examination) = result else { return [] }
        return examination.tables.flatMap { table in
            table.columns.map { column in
                let verdict = column.verdict
                return [
                    "store": store, "table": table.name, "column": column.displayName, "type": column.column.type, "kind": verdict.kind.rawValue,
                    "share": rounded(verdict.share),
                    "confidence": ["lower": rounded(verdict.confidence.lower), "upper": rounded(verdict.confidence.upper)],
                    "category": column.grade?.category.rawValue as Any? ?? NSNull(), "grade": orNull(column.grade?.level),
                    "sensitive": column.grade?.sensitive ?? false, "protection": protection(verdict.protection), "rows": table.rows,
                    "clearRows": column.clearRows, "sampledRows": table.sampledRows, "distinct": column.distinct,
                    "isDistinctOfAllRows": column.isCounted, "samples": verdict.samples,
                    "customKind": verdict.customKind as Any? ?? NSNull(),
                    "embedded": Dictionary(uniqueKeysWithValues: column.embedded.map { ($0.key.rawValue, rounded($0.value)) }),
                ]
            }
        }
    }

    private func protection(_ protection: Protection) -> Any {
        guard case .mixed(let shares) = protection else { return protection.name }
        return [
            "mixed": [
                "plaintext": rounded(shares.plaintext), "masked": rounded(shares.masked), "hashed": rounded(shares.hashed),
                "encrypted": rounded(shares.encrypted), "sealed": rounded(shares.sealed),
            ]
        ]
    }

    private func persons(_ count: PersonCount?) -> [String: Any] {
        guard let count else { return ["distinct": 0] }
        return [
            "distinct": count.numbers.persons, "basis": count.basis.rawValue,
            "minors": ["under14": orNull(count.numbers.under14), "under18": orNull(count.numbers.under18)],
        ]
    }

    private func objects(_ value: some Encodable) throws -> Any {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        return try JSONSerialization.jsonObject(with: encoder.encode(value))
    }

    private func orNull(_ number: Int?) -> Any { number ?? NSNull() }
    private func rounded(_ share: Double) -> Double { (share * 1e6).rounded() / 1e6 }
}

extension Protection {
    fileprivate var name: String { term.split(separator: ".").last.map(String.init) ?? "" }
}
