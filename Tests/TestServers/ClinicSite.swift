import Foundation

/// An nginx that is a small clinic's site: interfaces with and without a login, the OpenAPI document that describes them, and a page with a script.
/// Its people are made up.
package struct ClinicSite: Sendable {
    package let port: UInt16
    private let log: URL

    /// What the first account's interfaces ask for in the header `X-Token`; the second account is `token-of-b`.
    package static let tokens = ["token-of-a", "token-of-b"]

    package static func with<Result>(isolation: isolated (any Actor)? = #isolation, _ body: (ClinicSite) async throws -> Result) async throws
        -> Result
    {
        let folder = try ServerFolder(name: "clinic-site")
        defer { folder.remove() }
        return try await ServerLife.with(
            "nginx", signal: SIGTERM,
            launch: { port in
                let file = try folder.write(configuration(folder, port), to: "nginx.conf")
                return try await ServerProcess.start(
                    "/usr/sbin/nginx", ["-p", folder.url.path, "-e", folder.path("errors"), "-c", file.path], in: folder)
            },
            isReady: { port in
                let reply = Loopback.exchange(port: port, request: "GET /ready HTTP/1.0\r\n\r\n") ?? []
                return String(decoding: reply, as: UTF8.self).contains(" 204 ")
            },
            body: { port in try await body(ClinicSite(port: port, log: folder.url.appendingPathComponent("access"))) })
    }

    /// Method and target of each request, as the server logged them.
    package func requests() throws -> [String] {
        try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init).filter { $0 != "GET /ready" }
    }

    private static let patients =
        #"[{"patientName":"张建国","idCard":"110101199003070134","phone":"13800138000"},{"patientName":"李秀英","idCard":"110101198506152217","phone":"13800138001"}]"#
    private static let visit = #"{"data":{"id":1001,"patientName":"张建国","diagnosis":"2型糖尿病"}}"#
    private static let script = #"api.login({user:"demo",password:"Clinic@2024"})"#

    private static func document(_ port: UInt16) -> String {
        let paths = ["patients", "wards", "visits/{id}", "prescriptions", "patients/export", "user/logout"].map { #""/\#($0)":{"get":{}}"# }
        return
            #"{"openapi":"3.0.1","info":{"title":"c","version":"1"},"servers":[{"url":"http://192.0.2.1/api"},{"url":"/api"}],"paths":{\#(paths.joined(separator: ","))}}"#
    }

    private static func configuration(_ folder: ServerFolder, _ port: UInt16) -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder.path("temporary-\($0)"));" }
        return """
            daemon off; master_process off; pid \(folder.path("pid")); events { worker_connections 64; }
            http {
              log_format line '$request_method $request_uri'; access_log \(folder.path("access")) line; default_type application/json;
              \(temporary.joined(separator: " "))
              map $http_x_token $account { default ''; \(tokens[0]) a; \(tokens[1]) b; }
              server {
                listen \(Loopback.host):\(port);
                location = /ready { return 204; }
                location = /v3/api-docs { return 200 '\(document(port))'; }
                location = / { default_type text/html; return 200 '<script src="/app.js"></script>'; }
                location = /app.js { default_type text/javascript; return 200 '\(script)'; }
                location = /api/patients { return 200 '\(patients)'; }
                location = /api/wards { return 200 '[{"ward":"3","beds":40},{"ward":"4","beds":36}]'; }
                location = /api/prescriptions { return 401 '{}'; }
                location = /api/visits/1001 { if ($account = '') { return 401 '{}'; } return 200 '\(visit)'; }
                location = /api/visits/1002 { if ($account = a) { return 200 '\(visit)'; } return 403 '{}'; }
              }
            }

            """
    }
}
