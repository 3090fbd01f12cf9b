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
        func any(_ names: StaticString...) -> Bool { names.contains { name.equals($0) } }
        if any("SYSCALL") { return .syscall }
        if any("EXECVE") { return .execve }
        if any("PROCTITLE") { return .title }
        if any("EOE") { return .end }
        if any("CONFIG_CHANGE", "FEATURE_CHANGE") { return .configuration }
        if any("USER_LOGIN") { return .userLogin }
        if any("USER_AUTH") { return .userAuthentication }
        if any("USER_LOGOUT") { return .userLogout }
        if any("USER_START") { return .sessionStart }
        if any("USER_END") { return .sessionEnd }
        if any("USER_CMD") { return .userCommand }
        if any("DAEMON_END", "DAEMON_ABORT", "DAEMON_CONFIG", "DAEMON_ERR") { return .daemonEnd }
        if any("SERVICE_STOP") { return .serviceStop }
        if any("USER_CHAUTHTOK", "USER_MGMT", "GRP_MGMT", "ADD_USER", "DEL_USER", "ADD_GROUP", "DEL_GROUP", "CHGRP_ID", "CHUSER_ID", "GRP_CHAUTHTOK")
        {
            return .change
        }
        if any("ACCT_LOCK", "ACCT_UNLOCK", "ROLE_ASSIGN", "ROLE_REMOVE", "USYS_CONFIG") { return .change }
        let isAlone = ["USER", "CRED_", "DAEMON_", "SERVICE_", "SYSTEM_", "CRYPTO_", "VIRT_", "TEST", "TRUSTED_APP", "LABEL_", "ANOM_LOGIN", "RESP_"]
            .contains { name.starts($0) }
        return isAlone || any("SOFTWARE_UPDATE") ? .user : .kernel
    }
}
