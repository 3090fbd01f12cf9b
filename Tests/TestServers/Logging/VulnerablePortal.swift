import Foundation

/// A clinic's portal with the holes that attackers look for: behind the web servers of the tests, so that their logs show attacks that succeed.
/// Its people are made up.
package enum VulnerablePortal {
    /// The account that may log in.
    package static let user = "wangfang"
    package static let password = "Chun-Feng-7"
    package static let people = 400

    static func with<Result>(isolation: isolated (any Actor)? = #isolation, _ body: (UInt16) async throws -> Result) async throws -> Result {
        let user = try SystemUser.ifRoot("nobody")
        let folder = try ServerFolder(name: "portal", user: user)
        defer { folder.remove() }
        try folder.makeFolder("files")
        try folder.put(["%PDF-1.4 synthetic"], at: "files/report.pdf")
        try folder.put(["db.password=synthetic"], at: "passwd")
        let script = try folder.put([program], at: "portal.py")
        return try await ServerLife.with(
            "portal", signal: SIGKILL,
            launch: { try await ServerProcess.start("/usr/bin/python3", [script, "\($0)", "\(people)"], as: user, in: folder) },
            isReady: { LoopbackHTTP.isStatus(200, "/", port: $0) }, body: body)
    }

    /// The search puts what it is given into its statement, and the download opens what it is told to: both attacks really work. The shell is a page
    /// that always says the same; nothing is run.
    private static let program = #"""
        import http.server, json, os, socketserver, sqlite3, sys, urllib.parse

        store = sqlite3.connect(":memory:", check_same_thread=False)
        store.execute("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, diagnosis TEXT)")
        store.executemany("INSERT INTO patients VALUES (?, ?, 'E11.9')", [(i, "Ce Shi %d" % i) for i in range(1, int(sys.argv[2]) + 1)])

        class Portal(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # One packet for head and body: else each answer waits for the acknowledgement of its head.
            wbufsize = -1
            disable_nagle_algorithm = True

            def answer(self, status, text, kind="application/json", headers={}):
                body = text.encode()
                self.send_response(status)
                for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def do_GET(self):
                url = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(url.query))
                if url.path == "/":
                    return self.answer(200, "<h1>Clinic</h1>", "text/html")
                if url.path == "/admin/":
                    return self.answer(200, "<h1>Administration</h1>" + "<p>ward</p>" * 40, "text/html")
                if url.path.startswith("/api/patients/") and url.path[14:].isdigit():
                    row = store.execute("SELECT * FROM patients WHERE id = ?", (int(url.path[14:]),)).fetchone()
                    return self.answer(200, json.dumps(row)) if row else self.answer(404, "{}")
                if url.path == "/api/search":
                    try:
                        rows = store.execute("SELECT * FROM patients WHERE name = '%s'" % query.get("name", "")).fetchall()
                    except (sqlite3.Error, sqlite3.Warning):
                        return self.answer(500, "{}")
                    return self.answer(200, json.dumps(rows))
                if url.path == "/files":
                    try:
                        with open(os.path.join("files", query.get("name", "")), encoding="latin-1") as file:
                            return self.answer(200, file.read(), "application/octet-stream")
                    except OSError:
                        return self.answer(404, "{}")
                if url.path == "/uploads/cmd.jsp":
                    return self.answer(200, "uid=33(www-data) gid=33(www-data) groups=33(www-data)\n", "text/plain")
                self.answer(404, "{}")

            do_HEAD = do_GET

            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                form = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
                if self.path != "/login":
                    return self.answer(404, "{}")
                if (form.get("user"), form.get("password")) == ("wangfang", "Chun-Feng-7"):
                    return self.answer(302, "", headers={"Location": "/"})
                self.answer(401, "{}")

            def log_message(self, *arguments):
                pass

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

        Server(("127.0.0.1", int(sys.argv[1])), Portal).serve_forever()
        """#
}
