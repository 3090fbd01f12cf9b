import Probes

extension WebCase {
    static let middleware = coordination + brokers + processing

    private static let etcdVersion = WebSite.json(#"{"etcdserver":"3.5.9","etcdcluster":"3.5.0"}"#)

    private static let coordination = [
        WebCase(
            "open", .etcd,
            [
                "/version": etcdVersion,
                "POST /v3/kv/range": WebSite.json(#"{"header":{"cluster_id":"1","member_id":"2","revision":"3"},"count":"5"}"#),
            ], missing: WebSite.goNotFound, .notRequired, "exposure.web-counted", version: "3.5.9"),
        WebCase(
            "password", .etcd,
            [
                "/version": etcdVersion,
                "POST /v3/kv/range": WebSite.json(#"{"error":"etcdserver: user name is empty","code":3}"#, "400 Bad Request"),
            ], missing: WebSite.goNotFound, .required, "exposure.refused", version: "3.5.9"),
        WebCase(
            "open, as version 2", .etcd,
            ["/version": etcdVersion, "/v2/keys/": WebSite.json(#"{"action":"get","node":{"dir":true,"nodes":[{"key":"/a"}]}}"#)],
            missing: WebSite.goNotFound, .notRequired, "exposure.web-counted"),
        WebCase(
            "a range that isn't", .etcd, ["/version": etcdVersion, "POST /v3/kv/range": WebSite.json(#"{"count":"5"}"#)], missing: WebSite.goNotFound,
            .unknown, "exposure.busy"),
        WebCase(
            "open", .consul,
            [
                "/": WebSite.moved("/ui/"), "/v1/catalog/services": WebSite.json(#"{"consul":[],"his":["v1"]}"#, headers: ["X-Consul-Index: 7"]),
                "/v1/agent/self": WebSite.json(#"{"Config":{"Version":"1.17.0"}}"#),
            ], .notRequired, "exposure.web-counted", version: "1.17.0"),
        WebCase(
            "filtered by access control", .consul,
            [
                "/": WebSite.moved("/ui/"),
                "/v1/catalog/services": WebSite.json("{}", headers: ["X-Consul-Index: 7", "X-Consul-Results-Filtered-By-ACLs: true"]),
                "/v1/agent/self": WebSite.page("403 Forbidden", "Permission denied: anonymous token lacks permission 'agent:read'"),
            ], .required, "exposure.refused"),
        WebCase(
            "open", .nacos,
            [
                "/nacos/v1/console/server/state": WebSite.json(#"{"version":"2.2.0","standalone_mode":"standalone","function_mode":null}"#),
                "/nacos/v1/ns/service/list?pageNo=1&pageSize=1": WebSite.json(#"{"count":12,"doms":["his-service"]}"#),
            ], .notRequired, "exposure.web-counted", version: "2.2.0"),
        WebCase(
            "password", .nacos,
            [
                "/nacos/v1/console/server/state": WebSite.json(#"{"version":"2.2.0","standalone_mode":"standalone","function_mode":null}"#),
                "/nacos/v1/ns/service/list?pageNo=1&pageSize=1": WebSite.json(#"{"status":403,"message":"unknown user!"}"#, "403 Forbidden"),
            ], .required, "exposure.refused", version: "2.2.0"),
    ]

    private static let brokers = [
        WebCase(
            "password", .rabbitMQManagement,
            ["/": WebSite.html("RabbitMQ Management"), "/api/overview": WebSite.refused("RabbitMQ Management", #"{"error":"not_authorised"}"#)],
            .required, "exposure.refused"),
        WebCase(
            "open through a proxy that logs in", .rabbitMQManagement,
            [
                "/": WebSite.html("RabbitMQ Management"),
                "/api/overview": WebSite.json(#"{"rabbitmq_version":"3.12.1","object_totals":{"queues":4}}"#),
            ], .notRequired, "exposure.web-counted", version: "3.12.1"),
        WebCase("password", .activeMQ, [:], missing: WebSite.refused("ActiveMQRealm"), .required, "exposure.refused"),
        WebCase(
            "open", .activeMQ,
            [
                "/": WebSite.html("Apache ActiveMQ"),
                "/admin/": WebSite.html("localhost : ActiveMQ Console", "<table><tr><td>Version</td></tr></table>"),
            ],
            .notRequired, "exposure.web-answered"),
        WebCase("Artemis", .activeMQ, ["/": WebSite.html("Apache ActiveMQ Artemis")], .unknown, "exposure.identified-only"),
    ]

    private static let processing = [
        WebCase(
            "open", .yarn,
            [
                "/": WebSite.moved("/cluster"), "/cluster": WebSite.html("About the Cluster"),
                "/ws/v1/cluster/info": WebSite.json(
                    #"{"clusterInfo":{"state":"STARTED","resourceManagerVersion":"3.3.6","hadoopVersion":"3.3.6"}}"#),
                "/ws/v1/cluster/apps?limit=1": WebSite.json(#"{"apps":{"app":[{"id":"application_1_1"}]}}"#),
            ], .notRequired, "exposure.web-counted", version: "3.3.6"),
        WebCase(
            "Kerberos", .yarn, [:], missing: WebSite.page("401 Authentication required", "", headers: ["WWW-Authenticate: Negotiate"]), .required,
            "exposure.refused"),
        WebCase(
            "open", .hdfs,
            [
                "/jmx?get=Hadoop:service=NameNode,name=NameNodeInfo::SoftwareVersion": WebSite.json(
                    #"{"beans":[{"name":"Hadoop:service=NameNode,name=NameNodeInfo","SoftwareVersion":"3.3.6"}]}"#),
                "/webhdfs/v1/?op=LISTSTATUS": WebSite.json(#"{"FileStatuses":{"FileStatus":[{"pathSuffix":"a","type":"DIRECTORY"}]}}"#),
            ], .notRequired, "exposure.web-counted", version: "3.3.6"),
        WebCase(
            "Kerberos", .hdfs, [:], missing: WebSite.page("401 Authentication required", "", headers: ["WWW-Authenticate: Negotiate"]), .required,
            "exposure.refused"),
        WebCase(
            "open, a master", .spark,
            [
                "/": WebSite.html("Spark Master at spark://h:7077"), "/json/": WebSite.json(#"{"url":"spark://h:7077","workers":[{},{}],"cores":4}"#),
            ], .notRequired, "exposure.web-counted"),
        WebCase(
            "open, an application", .spark,
            [
                "/": WebSite.moved("/jobs/"), "/api/v1/version": WebSite.json(#"{"spark":"3.5.0"}"#),
                "/api/v1/applications?limit=1": WebSite.json(#"[{"id":"local-1","name":"n","attempts":[{}]}]"#),
            ], .notRequired, "exposure.web-counted", version: "3.5.0"),
        WebCase(
            "a filter that refuses", .spark, ["/": WebSite.html("Spark Master at spark://h:7077"), "/json/": WebSite.forbidden], .required,
            "exposure.refused"),
        WebCase(
            "open", .flink,
            [
                "/": WebSite.html("Apache Flink Web Dashboard"),
                "/overview": WebSite.json(#"{"taskmanagers":1,"slots-total":4,"jobs-running":2,"flink-version":"1.17.1"}"#),
            ], .notRequired, "exposure.web-counted", version: "1.17.1"),
        WebCase(
            "behind a password for its interface", .flink, ["/": WebSite.html("Apache Flink Web Dashboard"), "/overview": WebSite.refused("r")],
            .required, "exposure.refused"),
        WebCase(
            "open", .airflow,
            [
                "/": WebSite.moved("/home"), "/home": WebSite.html("Airflow - DAGs"),
                "/api/v1/dags?limit=1&fields=dag_id": WebSite.json(#"{"dags":[{"dag_id":"a"}],"total_entries":3}"#),
            ], .notRequired, "exposure.web-counted"),
        WebCase(
            "password", .airflow, ["/": WebSite.html("Sign In - Airflow"), "/api/v1/dags?limit=1&fields=dag_id": WebSite.refused()], .required,
            "exposure.refused"),
    ]
}
