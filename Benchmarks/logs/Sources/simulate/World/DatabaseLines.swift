/// A session of PostgreSQL, as csvlog shows it (manual, 20.8.4: 26 columns).
struct PostgresSession {
    var process: Int
    var user: String
    var host: String
    var port: Int
    var program: String
    var began: Moment
    var line = 0
}

extension World {
    func postgresSession(_ time: Moment, _ user: String, _ host: String, program: String = "") -> PostgresSession {
        PostgresSession(
            process: 1_000 + session() % 60_000, user: user, host: host, port: 32_768 + session() * 7 % 28_000, program: program, began: time)
    }

    /// One line; `statement` goes where a failed one stands.
    func postgres(
        _ time: Moment, _ session: inout PostgresSession, _ message: String, tag: String, severity: String = "LOG", state: String = "00000",
        detail: String = "",
        named: Bool = true, _ incident: Incident? = nil
    ) {
        session.line += 1
        let (zone, database, number) = (profile.postgresqlZone, profile.database, session)
        timeline.emit(.postgresql, time, incident) { line in
            line.isoStamp(time, digits: 3, separator: 0x20, zone: zone)
            if named {
                line.text(",\"\(number.user)\",\"\(database)\",")
            } else {
                line.text(",,,")
            }
            line.number(number.process)
            line.text(",\"\(number.host):\(number.port)\",\(String(number.began / second, radix: 16)).\(String(number.process, radix: 16)),")
            line.number(number.line)
            line.text(",\"\(tag)\",")
            line.isoStamp(number.began, digits: 0, separator: 0x20, zone: zone)
            line.text(",\(number.process % 90 + 3)/\(number.line + 20),0,\(severity),\(state),")
            line.csv(message)
            line.byte(0x2C)
            if !detail.isEmpty { line.csv(detail) }
            line.text(",,,,,,,,\"\(number.program)\",\"client backend\",,0\n")
        }
    }

    func postgresConnect(_ time: Moment, _ session: inout PostgresSession, succeeds: Bool = true, _ incident: Incident? = nil) {
        postgres(time, &session, "connection received: host=\(session.host) port=\(session.port)", tag: "", named: false, incident)
        if succeeds {
            postgres(
                time + 4_000, &session,
                "connection authenticated: identity=\"\(session.user)\" method=scram-sha-256 (/etc/postgresql/15/main/pg_hba.conf:97)",
                tag: "authentication", incident)
            let program = session.program.isEmpty ? "" : " application_name=\(session.program)"
            postgres(
                time + 5_000, &session, "connection authorized: user=\(session.user) database=\(profile.database)\(program)", tag: "authentication",
                incident)
        } else {
            postgres(
                time + 9_000, &session, "password authentication failed for user \"\(session.user)\"", tag: "authentication", severity: "FATAL",
                state: "28P01",
                detail: "Connection matched pg_hba.conf line 97: \"host    all    all    0.0.0.0/0    scram-sha-256\"", incident)
        }
    }

    func postgresStatement(_ time: Moment, _ session: inout PostgresSession, _ statement: String, _ incident: Incident? = nil) {
        postgres(time, &session, "statement: \(statement)", tag: "idle", incident)
    }

    func postgresDisconnect(_ time: Moment, _ session: inout PostgresSession, _ incident: Incident? = nil) {
        let elapsed = max(0, time - session.began)
        let clock =
            "\(elapsed / hour):\(Names.pad(Int(elapsed / minute % 60))):\(Names.pad(Int(elapsed / second % 60))).\(String(1_000 + elapsed / 1_000 % 1_000).dropFirst())"
        postgres(
            time, &session,
            "disconnection: session time: \(clock) user=\(session.user) database=\(profile.database) host=\(session.host) port=\(session.port)",
            tag: "idle", incident)
    }

    /// One line of MariaDB's general log; its stamp is written with the file.
    func mariadb(_ time: Moment, _ thread: Int, _ command: String, _ argument: String, _ incident: Incident? = nil) {
        timeline.emit(.mariadbGeneral, time, incident) { line in
            line.number(thread, width: 6, pad: 0x20)
            line.byte(0x20)
            line.text(command)
            line.byte(0x09)
            line.text(argument)
            line.byte(0x0A)
        }
    }

    func mariadbConnect(_ time: Moment, _ thread: Int, _ user: String, _ host: String, succeeds: Bool = true, _ incident: Incident? = nil) {
        mariadb(time, thread, "Connect", "\(user)@\(host) on \(succeeds ? profile.mariadbDatabase : "") using TCP/IP", incident)
        if !succeeds { mariadb(time + 500, thread, "Connect", "Access denied for user '\(user)'@'\(host)' (using password: YES)", incident) }
    }

    /// One entry of MariaDB's slow log.
    func slow(
        _ time: Moment, _ user: String, _ host: String, _ thread: Int, _ statement: String, rows: Int, seconds: Int, _ incident: Incident? = nil
    ) {
        let bytes = 200 + rows * 143
        timeline.emit(.mariadbSlow, time, incident) { line in
            line.text(
                "# User@Host: \(user)[\(user)] @  [\(host)]\n# Thread_id: \(thread)  Schema: \(profile.mariadbDatabase)  QC_hit: No\n# Query_time: \(seconds)."
            )
            line.number(Int(time % 1_000_000), width: 6)
            line.text(
                "  Lock_time: 0.000041  Rows_sent: \(rows)  Rows_examined: \(rows + 1_204)\n# Rows_affected: 0  Bytes_sent: \(bytes)\nSET timestamp=\(time / second);\n"
            )
            line.text(statement)
            line.text(";\n")
        }
        incident?.rows += rows
        incident?.bytes += bytes
    }

    /// One command in the audit of the Redis gateway.
    func cache(_ time: Moment, _ user: String, _ host: String, _ command: String, bytes: Int, _ incident: Incident? = nil) {
        timeline.emit(.cache, time, incident) { line in
            line.text("{\"time\":\"")
            line.isoStamp(time, digits: 3)
            line.text("\",\"service\":\"redis\",\"client_ip\":\"\(host)\",\"user\":\"\(user)\",\"database\":\"0\",\"statement\":")
            line.json(command)
            line.text(",\"bytes\":")
            line.number(bytes)
            line.text("}\n")
        }
        incident?.bytes += bytes
    }
}
