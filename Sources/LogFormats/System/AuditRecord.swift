/// One line of the audit log: type, time, serial, and where its fields begin.
struct AuditRecord {
    /// What a type of record means here (audit-userspace, lib/msg_typetab.h; linux/audit.h).
    enum Kind: UInt8 {
        /// Part of an event of the kernel's, with more to come.
        case kernel
        case syscall, execve
        case configuration
        case title, end
        /// Whole events from here on: what programs send.
        case userLogin, userAuthentication, userLogout, sessionStart, sessionEnd, userCommand, change, daemonEnd, serviceStop, user

        var isAlone: Bool { rawValue >= Kind.userLogin.rawValue }
    }

    let line: UnsafeRawBufferPointer
    var kind: Kind
    var type: Range<Int>
    var time: Int64
    /// Milliseconds and serial number together: no two events of one moment share it.
    var serial: UInt64
    var node: Range<Int>?
    var body: Int

    /// Nil when the line is no audit record.
    init?(_ line: UnsafeRawBufferPointer) {
        self.line = line
        var rest = MessageText(line, 0..<line.count)
        if rest.drop("node=") { node = Self.range(rest.word()) }
        guard rest.drop("type=") else { return nil }
        let name = rest.word()
        guard !name.isEmpty, rest.drop("msg=audit("), let seconds = Self.number(&rest), rest.drop("."), let milliseconds = Self.number(&rest),
            rest.drop(":"), let serial = Self.number(&rest), rest.drop("):"), seconds < 1 << 40
        else { return nil }
        type = Self.range(name)
        kind = Self.kind(name)
        time = Int64(seconds)
        self.serial = milliseconds << 48 ^ serial
        body = rest.start
    }

    private static func range(_ text: MessageText) -> Range<Int> { text.start..<text.end }

    private static func number(_ rest: inout MessageText) -> UInt64? {
        var value: UInt64 = 0
        let from = rest.start
        while rest.start < rest.end, rest.text[rest.start] &- 0x30 < 10, rest.start - from < 18 {
            value = value * 10 + UInt64(rest.text[rest.start] &- 0x30)
            rest.start += 1
        }
        return rest.start > from ? value : nil
    }

    private static func kind(_ name: MessageText) -> Kind {
        if let kind = PackedName(UnsafeRawBufferPointer(rebasing: name.text[name.start..<name.end])).flatMap({ kinds[$0] }) { return kind }
        return alone.contains { name.starts($0) } ? .user : .kernel
    }

    private static let kinds: [PackedName: Kind] = PackedName.table([
        ("SYSCALL", .syscall), ("EXECVE", .execve), ("PROCTITLE", .title), ("EOE", .end), ("CONFIG_CHANGE", .configuration),
        ("FEATURE_CHANGE", .configuration), ("USER_LOGIN", .userLogin), ("USER_AUTH", .userAuthentication), ("USER_LOGOUT", .userLogout),
        ("USER_START", .sessionStart), ("USER_END", .sessionEnd), ("USER_CMD", .userCommand), ("DAEMON_END", .daemonEnd),
        ("DAEMON_ABORT", .daemonEnd),
        ("DAEMON_CONFIG", .daemonEnd), ("DAEMON_ERR", .daemonEnd), ("SERVICE_STOP", .serviceStop), ("USER_CHAUTHTOK", .change),
        ("USER_MGMT", .change),
        ("GRP_MGMT", .change), ("ADD_USER", .change), ("DEL_USER", .change), ("ADD_GROUP", .change), ("DEL_GROUP", .change), ("CHGRP_ID", .change),
        ("CHUSER_ID", .change), ("GRP_CHAUTHTOK", .change), ("ACCT_LOCK", .change), ("ACCT_UNLOCK", .change), ("ROLE_ASSIGN", .change),
        ("ROLE_REMOVE", .change), ("USYS_CONFIG", .change), ("SOFTWARE_UPDATE", .user),
    ])

    /// How the types of what programs send begin.
    private static let alone: [StaticString] = [
        "USER", "CRED_", "DAEMON_", "SERVICE_", "SYSTEM_", "CRYPTO_", "VIRT_", "TEST", "TRUSTED_APP", "LABEL_", "ANOM_LOGIN", "RESP_",
    ]
}
