import Probes
import TestSupport

extension WebCase {
    static let stores =
        searching + databases + [
            WebCase(
                "open", .minIO,
                [
                    "/": WebSite.page(
                        "200 OK", "<?xml version=\"1.0\"?><ListAllMyBucketsResult><Buckets><Bucket/><Bucket/></Buckets></ListAllMyBucketsResult>",
                        type: "application/xml", headers: ["Server: MinIO"])
                ], .notRequired, "exposure.web-counted"),
            WebCase(
                "key", .minIO,
                [
                    "/": WebSite.page(
                        "403 Forbidden", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", type: "application/xml",
                        headers: ["Server: MinIO"])
                ], .required, "exposure.refused"),
            WebCase(
                "no bucket, which some show to anybody", .minIO,
                [
                    "/": WebSite.page(
                        "200 OK", "<ListAllMyBucketsResult><Owner><ID>anonymous</ID></Owner><Buckets></Buckets></ListAllMyBucketsResult>",
                        type: "application/xml", headers: ["x-amz-request-id: tx1"])
                ], .unknown, "exposure.session-broken"),
            WebCase("console", .minIO, ["/": WebSite.html("MinIO Console")], .unknown, "exposure.identified-only"),
        ]

    private static let openSearch = WebSite.json(
        #"{"name":"n","cluster_name":"c","version":{"distribution":"opensearch","number":"2.11.0","lucene_version":"9.7"},"tagline":"t"}"#)
    private static let login = WebSite.moved("/login?next=%2F", headers: ["kbn-name: k"])

    private static let searching = [
        WebCase(
            "open, as OpenSearch", .elasticsearch, ["/": openSearch, "/_stats/docs?level=cluster": Replies.HTTP.statistics], .notRequired,
            "exposure.elasticsearch-stats", version: "2.11.0"),
        WebCase(
            "password, as OpenSearch", .elasticsearch, [:], missing: WebSite.refused("OpenSearch Security", "Unauthorized", type: "text/plain"),
            .required, "exposure.refused"),
        WebCase(
            "open", .kibana,
            [
                "/": WebSite.moved("/app/home", headers: ["kbn-name: k"]), "/api/spaces/space": WebSite.json(#"[{"id":"default","name":"Default"}]"#),
                "/api/status": WebSite.json(#"{"name":"k","version":{"number":"8.11.1"}}"#),
            ], .notRequired, "exposure.web-counted", version: "8.11.1"),
        WebCase(
            "password", .kibana, ["/": login, "/login?next=%2F": WebSite.html("Elastic")], missing: WebSite.refused(), .required, "exposure.refused"),
        WebCase(
            "open", .solr,
            [
                "/": WebSite.moved("/solr/"), "/solr/": WebSite.html("Solr Admin"),
                "/solr/admin/cores?action=STATUS&indexInfo=false&wt=json": WebSite.json(#"{"responseHeader":{"status":0},"status":{"a":{},"b":{}}}"#),
                "/solr/admin/info/system?wt=json": WebSite.json(#"{"lucene":{"solr-spec-version":"9.4.0"}}"#),
            ], .notRequired, "exposure.web-counted", version: "9.4.0"),
        WebCase("password", .solr, ["/": WebSite.moved("/solr/")], missing: WebSite.refused("solr"), .required, "exposure.refused"),
    ]

    private static let query = "/?query=SELECT%20version()"

    private static let databases = [
        WebCase(
            "open", .clickHouse,
            [
                "/": WebSite.page("200 OK", "Ok.\n"),
                query: WebSite.page("200 OK", "24.3.2.23\n", type: "text/tab-separated-values", headers: ["X-ClickHouse-Query-Id: q"]),
            ], .notRequired, "exposure.web-answered", version: "24.3.2.23"),
        WebCase(
            "password", .clickHouse,
            [
                "/": WebSite.page("200 OK", "Ok.\n"),
                query: WebSite.page(
                    "403 Forbidden", "Code: 516. DB::Exception: default: Authentication failed", headers: ["X-ClickHouse-Exception-Code: 516"]),
            ], .required, "exposure.refused"),
        WebCase(
            "open", .couchDB, ["/": WebSite.json(#"{"couchdb":"Welcome","version":"3.3.2"}"#), "/_all_dbs": WebSite.json(#"["a","b"]"#)],
            .notRequired,
            "exposure.web-counted", version: "3.3.2"),
        WebCase(
            "password", .couchDB,
            [
                "/": WebSite.json(#"{"couchdb":"Welcome","version":"3.3.2"}"#),
                "/_all_dbs": WebSite.json(#"{"error":"unauthorized","reason":"You are not a server admin."}"#, "401 Unauthorized"),
            ], .required, "exposure.refused", version: "3.3.2"),
        WebCase(
            "open", .influxDB,
            [
                "/": WebSite.page("404 Not Found", "", headers: ["X-Influxdb-Version: 1.8.10"]),
                "/query?q=SHOW+DATABASES": WebSite.json(
                    #"{"results":[{"statement_id":0,"series":[{"name":"databases","columns":["name"],"values":[["_internal"],["x"]]}]}]}"#),
            ], .notRequired, "exposure.web-counted", version: "1.8.10"),
        WebCase(
            "password", .influxDB,
            [
                "/": WebSite.page("404 Not Found", "", headers: ["X-Influxdb-Version: 1.8.10"]),
                "/query?q=SHOW+DATABASES": WebSite.refused("InfluxDB", #"{"error":"unable to parse authentication credentials"}"#),
            ], .required, "exposure.refused"),
        WebCase(
            "token, as version 2", .influxDB,
            [
                "/": WebSite.html("InfluxDB", headers: ["X-Influxdb-Version: v2.7.4"]),
                "/api/v2/buckets?limit=100": WebSite.json(#"{"code":"unauthorized","message":"unauthorized access"}"#, "401 Unauthorized"),
            ], .required, "exposure.refused", version: "2.7.4"),
        WebCase(
            "open, as version 3", .neo4j,
            [
                "/": WebSite.json(#"{"data":"http://h:7474/db/data/","management":"http://h:7474/db/manage/"}"#),
                "/db/data/": WebSite.json(#"{"node":"n","node_index":"i","neo4j_version":"3.5.35"}"#),
            ], .notRequired, "exposure.web-answered", version: "3.5.35"),
        WebCase(
            "password", .neo4j,
            [
                "/": WebSite.json(#"{"transaction":"http://h:7474/db/{databaseName}/tx","neo4j_version":"5.13.0","neo4j_edition":"community"}"#),
                "/db/data/": WebSite.refused("Neo4j", #"{"errors":[{"code":"Neo.ClientError.Security.Unauthorized"}]}"#),
            ], .required, "exposure.refused", version: "5.13.0"),
    ]
}
