extension HTTPProducts {
    /// InfluxDB names itself and its version in a header of every reply. 1.x answers a query, 2.x lists its buckets; 2.x knows no way to turn
    /// authentication off.
    static let influxDB = HTTPProduct(
        .influxDB,
        [.root { answer in answer.headers["x-influxdb-version"].map { HTTPIdentity(version: $0.hasPrefix("v") ? String($0.dropFirst()) : $0) } }]
    ) { identity in
        if identity.version?.hasPrefix("2") == true { return [buckets] }
        return [
            HTTPProof("/query?q=SHOW+DATABASES") { answer in
                let result = answer.json?["results"]?.list?.first
                guard let series = result?["series"]?.list?.first, series["columns"]?.list?.first?.text == "name" else {
                    // No database at all: a result, and nothing in it.
                    return result?.fields?.map(\.key) == ["statement_id"] ? answer.counted(0, .databases) : nil
                }
                return answer.counted(series["values"]?.list?.count ?? 0, .databases)
            }, buckets,
        ]
    }

    private static let buckets = HTTPProof("/api/v2/buckets?limit=100") { answer in
        answer.counted(answer.json?["buckets"]?.count { $0["id"]?.text != nil }, .buckets)
    }
}
