extension HTTPProducts {
    /// Spark: an application's interface and the history server speak one API, a standalone master has a page of its own.
    static let spark = HTTPProduct(
        .spark,
        [
            .root { answer in
                guard answer.title?.hasPrefix("Spark Master at ") == true else { return nil }
                return HTTPIdentity(base: "/json/")
            },
            .request("/api/v1/version", .hinted { $0.led(to: "/jobs/") || $0.title == "History Server" }) { answer in
                answer.json?.fields?.map(\.key) == ["spark"] ? HTTPIdentity(version: answer.json?["spark"]?.text) : nil
            },
        ]
    ) { identity in
        guard identity.base.isEmpty else {
            return [
                HTTPProof("/json/") { answer in
                    guard answer.json?["url"]?.text?.hasPrefix("spark://") == true else { return nil }
                    return answer.counted(answer.json?["workers"]?.list?.count, .workers)
                }
            ]
        }
        return [
            HTTPProof("/api/v1/applications?limit=1") { answer in
                answer.counted(answer.json?.count { $0["id"]?.text != nil && $0["attempts"]?.list != nil }, .applications)
            }
        ]
    }

    /// Flink's dashboard has no authentication of its own.
    static let flink = HTTPProduct(
        .flink, [.root { answer in answer.title == "Apache Flink Web Dashboard" ? HTTPIdentity() : nil }],
        proofs: [
            HTTPProof("/overview") { answer in
                answer.json?.has("taskmanagers", "slots-total") == true ? answer.counted(answer.json?["jobs-running"]?.integer, .jobs) : nil
            }.with { $0.version = { $0.json?["flink-version"]?.text } }
        ])

    /// Airflow 1.10 to 2.x: the stable REST API.
    static let airflow = HTTPProduct(
        .airflow,
        [.root { answer in answer.title?.hasPrefix("Airflow - ") == true || answer.title?.hasSuffix("- Airflow") == true ? HTTPIdentity() : nil }],
        proofs: [
            HTTPProof("/api/v1/dags?limit=1&fields=dag_id") { answer in
                answer.json?["dags"]?.list == nil ? nil : answer.counted(answer.json?["total_entries"]?.integer, .jobs)
            }
        ]
    ).with { $0.version = HTTPDetail(request: "/api/v1/version") { $0.isOK ? $0.json?["version"]?.text : nil } }
}
