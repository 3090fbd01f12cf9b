/// One request as a web server logs it.
struct Request {
    var address: String
    var account = "-"
    var method = "GET"
    var path: String
    var status = 200
    var bytes = 0
    var referer = "-"
    var agent: String
}

extension World {
    func portal(_ time: Moment, _ request: Request, _ incident: Incident? = nil) {
        timeline.emit(.portal, time, incident) { line in
            combined(&line, time, request, peer: request.address)
            line.byte(0x0A)
        }
        if request.status < 400 { incident?.bytes += request.bytes }
    }

    /// Through the load balancer. `before` stands before the client in X-Forwarded-For: what the client itself sent there.
    func api(_ time: Moment, _ request: Request, before: String? = nil, _ incident: Incident? = nil) {
        timeline.emit(.api, time, incident) { line in
            combined(&line, time, request, peer: profile.proxies[Int(time / second) % profile.proxies.count])
            line.text(" \"")
            if let before {
                line.text(before)
                line.text(", ")
            }
            line.text(request.address)
            line.text("\"\n")
        }
        if request.status < 400 { incident?.bytes += request.bytes }
    }

    @inline(__always)
    private func combined(_ line: inout Line, _ time: Moment, _ request: Request, peer: String) {
        line.text(peer)
        line.text(" - ")
        line.text(request.account)
        line.text(" [")
        line.commonStamp(time)
        line.text("] \"")
        line.text(request.method)
        line.byte(0x20)
        escaped(&line, request.path)
        line.text(" HTTP/1.1\" ")
        line.number(request.status)
        line.byte(0x20)
        line.number(request.bytes)
        line.text(" \"")
        escaped(&line, request.referer)
        line.text("\" \"")
        escaped(&line, request.agent)
        line.byte(0x22)
    }

    /// nginx's default escaping: `"`, `\`, and what isn't printable ASCII, as \xHH.
    @inline(__always)
    private func escaped(_ line: inout Line, _ text: String) {
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 || $0 > 0x7E }) else { return line.text(text) }
        let digits = Array("0123456789ABCDEF".utf8)
        for unit in text.utf8 {
            if unit == 0x22 || unit == 0x5C || unit < 0x20 || unit > 0x7E {
                line.text("\\x")
                line.byte(digits[Int(unit >> 4)])
                line.byte(digits[Int(unit & 15)])
            } else {
                line.byte(unit)
            }
        }
    }

    func application(_ time: Moment, _ request: Request, rows: Int, _ incident: Incident? = nil) {
        let fields = profile.applicationFields
        timeline.emit(.application, time, incident) { line in
            line.text("{\"")
            line.text(fields.time)
            line.text("\":\"")
            line.isoStamp(time, digits: 3)
            line.text("\",\"level\":\"info\",\"")
            line.text(fields.address)
            line.text("\":\"")
            line.text(request.address)
            line.text("\",\"")
            line.text(fields.account)
            line.text("\":")
            line.json(request.account)
            line.text(",\"")
            line.text(fields.method)
            line.text("\":\"")
            line.text(request.method)
            line.text("\",\"")
            line.text(fields.path)
            line.text("\":")
            line.json(request.path)
            for (name, value) in [
                (fields.status, request.status), (fields.bytes, request.bytes), (fields.rows, rows),
                (fields.duration, 3 + request.bytes / 2_000 + Int(time % 37)),
            ] {
                line.text(",\"")
                line.text(name)
                line.text("\":")
                line.number(value)
            }
            line.text(",\"")
            line.text(fields.agent)
            line.text("\":")
            line.json(request.agent)
            line.text("}\n")
        }
        if request.status < 400 {
            incident?.bytes += request.bytes
            incident?.rows += rows
        }
    }

    /// A try to log in to the staff's application.
    func applicationLogin(_ time: Moment, _ account: String, _ address: String, _ agent: String, succeeds: Bool, _ incident: Incident? = nil) {
        let login = profile.applicationLogin
        application(
            time,
            Request(
                address: address, account: account, method: "POST", path: login.path, status: succeeds ? login.success : login.failure,
                bytes: succeeds ? 612 : 87, agent: agent),
            rows: 0, incident)
    }
}
