/// Formats of web servers and proxies, the special before the general.
package enum WebFormats {
    private static func web(_ products: String..., services: Set<String> = []) -> LogFormat.SigmaSource {
        LogFormat.SigmaSource(categories: ["webserver"], products: Set(products), services: services)
    }

    private static let proxy = LogFormat.SigmaSource(categories: ["proxy"], products: ["squid"], services: ["squid"])

    package static let all: [LogFormat] = [
        LogFormat("nginx-error", .webError, isLineWise: true, sigma: web("nginx", services: ["nginx-error"])) { NginxErrorParser($0) },
        LogFormat("apache-error", .webError, isLineWise: true, sigma: web("apache", services: ["apache-error"])) { ApacheErrorParser($0) },
        LogFormat(
            "tomcat-catalina", .application,
            sigma: LogFormat.SigmaSource(categories: ["application"], products: ["jvm", "tomcat"], services: ["catalina"])
        ) {
            CatalinaParser($0)
        },
        LogFormat("haproxy-tcp", .proxy, isLineWise: true, sigma: LogFormat.SigmaSource(products: ["haproxy"], services: ["haproxy"])) {
            HAProxyParser($0, readsHTTP: false)
        },
        LogFormat("haproxy-http", .web, isLineWise: true, sigma: web("haproxy", services: ["haproxy"])) { HAProxyParser($0, readsHTTP: true) },
        LogFormat("w3c", .web, sigma: web("iis", "windows", services: ["iis"])) { _ in W3CParser() },
        LogFormat("squid", .proxy, isLineWise: true, sigma: proxy) { _ in SquidParser() },
        LogFormat("squid-combined", .proxy, isLineWise: true, sigma: proxy) { AccessLineParser(.proxy, isProbe: $0.isProbe) },
        LogFormat("combined-vhost", .web, isLineWise: true, sigma: web("nginx", "apache")) { AccessLineParser(.hosted, isProbe: $0.isProbe) },
        LogFormat("combined", .web, isLineWise: true, sigma: web("nginx", "apache")) { AccessLineParser(.combined, isProbe: $0.isProbe) },
        LogFormat("common", .web, isLineWise: true, sigma: web("nginx", "apache")) { AccessLineParser(.common, isProbe: $0.isProbe) },
        LogFormat("caddy", .web, isLineWise: true, sigma: web("caddy")) { CaddyParser($0) },
        LogFormat("nginx-json", .web, isLineWise: true, sigma: web("nginx", "apache")) { WebJSONParser($0) },
    ]
}
