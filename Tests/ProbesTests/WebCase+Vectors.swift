import Probes

extension WebCase {
    static let vectors = [
        WebCase(
            "open", .milvus, ["/v1/vector/collections": WebSite.json(#"{"code":200,"data":["a","b"]}"#)], missing: WebSite.goNotFound, .notRequired,
            "exposure.web-counted"),
        WebCase(
            "password", .milvus, ["/v1/vector/collections": WebSite.json(#"{"code":1800,"message":"user hasn't authenticate"}"#)],
            missing: WebSite.goNotFound, .required, "exposure.refused"),
        WebCase(
            "open", .qdrant,
            [
                "/": WebSite.json(#"{"title":"qdrant - vector search engine","version":"1.7.4"}"#),
                "/collections": WebSite.json(#"{"result":{"collections":[{"name":"a"}]},"status":"ok","time":0.1}"#),
            ], .notRequired, "exposure.web-counted", version: "1.7.4"),
        WebCase(
            "key", .qdrant,
            [
                "/": WebSite.json(#"{"title":"qdrant - vector search engine","version":"1.7.4"}"#),
                "/collections": WebSite.page("401 Unauthorized", "Must provide an API key or an Authorization bearer token", type: "text/plain"),
            ], .required, "exposure.refused"),
        WebCase(
            "open", .weaviate,
            [
                "/v1/meta": WebSite.json(#"{"hostname":"http://[::]:8080","modules":{},"version":"1.23.0"}"#),
                "/v1/schema": WebSite.json(#"{"classes":[{"class":"A"}]}"#),
            ], .notRequired, "exposure.web-counted", version: "1.23.0"),
        WebCase(
            "key", .weaviate,
            [
                "/v1/meta": WebSite.json(#"{"hostname":"http://[::]:8080","modules":{},"version":"1.23.0"}"#),
                "/v1/schema": WebSite.json(#"{"code":401,"message":"anonymous access not enabled"}"#, "401 Unauthorized"),
            ], .required, "exposure.refused"),
        WebCase(
            "open", .chroma,
            [
                "/api/v1/heartbeat": WebSite.json(#"{"nanosecond heartbeat":1700000000}"#),
                "/api/v1/collections?limit=100": WebSite.json(#"[{"id":"1","name":"a"}]"#),
            ], missing: WebSite.json(#"{"detail":"Not Found"}"#, "404 Not Found"), .notRequired, "exposure.web-counted"),
        WebCase(
            "token", .chroma,
            [
                "/api/v2/heartbeat": WebSite.json(#"{"nanosecond heartbeat":1700000000}"#), "/api/v2/version": WebSite.json(#""1.0.4""#),
                "/api/v2/tenants/default_tenant/databases/default_database/collections?limit=100": WebSite.forbidden,
            ], .required, "exposure.refused", version: "1.0.4"),
        WebCase(
            "open", .ollama,
            [
                "/": WebSite.page("200 OK", "Ollama is running", type: "text/plain"), "/api/tags": WebSite.json(#"{"models":[{"name":"a"}]}"#),
                "/api/version": WebSite.json(#"{"version":"0.1.32"}"#),
            ], .notRequired, "exposure.web-counted", version: "0.1.32"),
        WebCase(
            "behind a password for its interface", .ollama,
            ["/": WebSite.page("200 OK", "Ollama is running", type: "text/plain"), "/api/tags": WebSite.refused("r")], .required, "exposure.refused"),
    ]
}
