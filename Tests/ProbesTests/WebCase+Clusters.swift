import Probes

extension WebCase {
    static let clusters = docker + registry + kubernetes

    private static let dockerVersion = WebSite.json(
        #"{"Version":"24.0.5","ApiVersion":"1.43","Os":"linux","Arch":"amd64"}"#, headers: ["Server: Docker/24.0.5 (linux)"])
    private static let dockerMissing = WebSite.json(
        #"{"message":"page not found"}"#, "404 Not Found", headers: ["Server: Docker/24.0.5 (linux)"])

    static let docker = [
        WebCase(
            "open", .docker,
            [
                "/version": dockerVersion, "/containers/json?limit=1": WebSite.json(#"[{"Id":"a","Image":"i","State":"running"}]"#),
                "/info": WebSite.json(#"{"ServerVersion":"24.0.5","Containers":7}"#),
            ], missing: dockerMissing, .notRequired, "exposure.web-counted", version: "24.0.5"),
        WebCase(
            "refused by a plug-in", .docker,
            [
                "/version": dockerVersion,
                "/containers/json?limit=1": WebSite.json(#"{"message":"authorization denied by plugin"}"#, "403 Forbidden"),
            ], missing: dockerMissing, .required, "exposure.refused", version: "24.0.5"),
        WebCase(
            "anything with its name, which is no list of containers", .docker,
            ["/version": dockerVersion, "/containers/json?limit=1": WebSite.json(#"[{"Id":"a"}]"#, headers: ["Server: Docker/24.0.5"])],
            missing: dockerMissing, .unknown, "exposure.session-broken"),
    ]

    private static let registryHeader = ["Docker-Distribution-Api-Version: registry/2.0"]

    static let registry = [
        WebCase(
            "open", .dockerRegistry,
            [
                "/": WebSite.page("200 OK", ""), "/v2/": WebSite.json("{}", headers: registryHeader),
                "/v2/_catalog?n=100": WebSite.json(#"{"repositories":["a","b"]}"#),
            ],
            missing: WebSite.goNotFound, .notRequired, "exposure.web-counted"),
        WebCase(
            "token", .dockerRegistry,
            ["/v2/": WebSite.json(#"{"errors":[{"code":"UNAUTHORIZED"}]}"#, "401 Unauthorized", headers: registryHeader)],
            .required, "exposure.refused"),
        WebCase(
            "a page with the word in it", .dockerRegistry,
            [
                "/v2/": WebSite.json("{}", headers: registryHeader),
                "/v2/_catalog?n=100": WebSite.json(#"{"page":"repositories","repositories":"all"}"#),
            ],
            .unknown, "exposure.session-broken"),
    ]

    private static func status(_ reason: String, _ code: String) -> String {
        WebSite.json(#"{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"\#(reason)"}"#, code)
    }

    private static let kubernetes = [
        WebCase(
            "open", .kubernetes,
            [
                "/": WebSite.json(#"{"paths":["/api","/apis"]}"#),
                "/version": WebSite.json(#"{"major":"1","minor":"28","gitVersion":"v1.28.2","platform":"linux/amd64"}"#),
                "/api/v1/namespaces?limit=1": WebSite.json(#"{"kind":"NamespaceList","metadata":{"remainingItemCount":4},"items":[{}]}"#),
            ], .notRequired, "exposure.web-counted", version: "1.28.2"),
        WebCase(
            "role", .kubernetes,
            [
                "/": status("Forbidden", "403 Forbidden"), "/api/v1/namespaces?limit=1": status("Forbidden", "403 Forbidden"),
                "/version": WebSite.json(#"{"major":"1","minor":"28","gitVersion":"v1.28.2","platform":"linux/amd64"}"#),
            ], .required, "exposure.refused", version: "1.28.2"),
        WebCase(
            "open", .kubelet, ["/runningpods/": WebSite.json(#"{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{},{}]}"#)],
            missing: WebSite.goNotFound, .notRequired, "exposure.web-counted"),
        WebCase(
            "role", .kubelet,
            ["/runningpods/": WebSite.page("403 Forbidden", "Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource=proxy)")],
            missing: WebSite.goNotFound, .required, "exposure.refused"),
        WebCase(
            "certificate", .kubelet, [:], missing: WebSite.page("401 Unauthorized", "Unauthorized", type: "text/plain; charset=utf-8"), .required,
            "exposure.refused"),
    ]
}
