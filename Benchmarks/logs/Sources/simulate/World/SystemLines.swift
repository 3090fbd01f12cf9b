extension World {
    /// One line of a host's authentication log.
    func system(_ source: Source, _ time: Moment, _ program: String, process: Int? = nil, _ message: String, _ incident: Incident? = nil) {
        let host = source == .databaseHost ? profile.databaseHostName : source == .bastion ? profile.bastionName : profile.applicationHostName
        let asRFC5424 = profile.authenticationIsRFC5424 && source == .hostAuthentication
        timeline.emit(source, time, incident) { line in
            if source == .databaseHost {
                line.yearlessStamp(time)
            } else {
                if asRFC5424 { line.text(program == "sudo" ? "<85>1 " : "<86>1 ") }
                line.isoStamp(time, digits: 6)
            }
            line.text(" \(host) \(program)")
            if asRFC5424 {
                line.text(process.map { " \($0) - - " } ?? " - - - ")
            } else {
                line.text(process.map { "[\($0)]: " } ?? ": ")
            }
            line.text(message)
            line.byte(0x0A)
        }
    }

    func sshAccepted(_ source: Source, _ time: Moment, _ user: String, _ address: String, byKey: Bool = true, _ incident: Incident? = nil) {
        let number = session()
        let port = 32_768 + number * 13 % 28_000
        let key = byKey ? "publickey" : "password"
        let suffix = byKey ? ": ED25519 SHA256:q9Wn2x\(number % 997)b7Yk0rT5mVt8Zc1LdQeGfHuJsAoPiXw3EyU" : ""
        system(
            source, time, "sshd", process: number % 60_000 + 700, "Accepted \(key) for \(user) from \(address) port \(port) ssh2\(suffix)", incident)
        system(
            source, time + 20_000, "sshd", process: number % 60_000 + 700,
            "pam_unix(sshd:session): session opened for user \(user)(uid=\(1_000 + user.utf8.count)) by (uid=0)", incident)
    }

    func sshClosed(_ source: Source, _ time: Moment, _ user: String, _ incident: Incident? = nil) {
        system(source, time, "sshd", process: session() % 60_000 + 700, "pam_unix(sshd:session): session closed for user \(user)", incident)
    }

    func sshFailed(_ source: Source, _ time: Moment, _ user: String, _ address: String, isKnown: Bool = true, _ incident: Incident? = nil) {
        let number = session()
        let (process, port) = (number % 60_000 + 700, 32_768 + number * 13 % 28_000)
        if !isKnown { system(source, time - 1_500_000, "sshd", process: process, "Invalid user \(user) from \(address) port \(port)", incident) }
        system(
            source, time, "sshd", process: process, "Failed password for \(isKnown ? "" : "invalid user ")\(user) from \(address) port \(port) ssh2",
            incident)
    }

    func sudo(_ source: Source, _ time: Moment, _ user: String, _ command: String, _ incident: Incident? = nil) {
        let padded = String(repeating: " ", count: max(0, 8 - user.utf8.count)) + user
        system(source, time, "sudo", "\(padded) : TTY=pts/\(user.utf8.count % 4) ; PWD=/home/\(user) ; USER=root ; COMMAND=\(command)", incident)
    }

    private func auditSerial(_ time: Moment) -> Int { Int((time - profile.start) / 1_000) / 40 + 4_000 }

    func audit(_ time: Moment, _ type: String, _ body: String, _ incident: Incident? = nil) {
        let serial = auditSerial(time)
        timeline.emit(.audit, time, incident) { line in
            line.text("type=\(type) msg=audit(")
            line.number(Int(time / second))
            line.byte(0x2E)
            line.number(Int(time % second / 1_000), width: 3)
            line.byte(0x3A)
            line.number(serial)
            line.text("): ")
            line.text(body)
            line.byte(0x0A)
        }
    }

    /// A command that somebody ran: three records of one event, as auditd writes execve.
    func executed(_ time: Moment, _ user: Int, _ command: String, asRoot: Bool, _ incident: Incident? = nil) {
        let words = command.split(separator: " ").map(String.init)
        guard let program = words.first else { return }
        let path = "/usr/bin/" + program
        let process = session() % 60_000 + 700
        audit(
            time, "SYSCALL",
            "arch=c000003e syscall=59 success=yes exit=0 a0=55d0c8 a1=55d0d8 a2=55d0f0 a3=8 items=2 ppid=\(process - 3) pid=\(process) auid=\(user) uid=\(asRoot ? 0 : user) gid=0 euid=\(asRoot ? 0 : user) suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=\(process % 900) comm=\"\(program)\" exe=\"\(path)\" subj=unconfined key=\"exec\"",
            incident)
        audit(time, "EXECVE", "argc=\(words.count) " + words.enumerated().map { "a\($0.offset)=\"\($0.element)\"" }.joined(separator: " "), incident)
        audit(
            time, "PROCTITLE",
            "proctitle="
                + command.utf8.map { byte in
                    let value = byte == 0x20 ? 0 : byte
                    return (value < 16 ? "0" : "") + String(value, radix: 16, uppercase: true)
                }.joined(), incident)
    }
}
