/// Names of operations that might change, send or export something though they are GET: whoever wrote `GET /user/delete` meant it.
enum SideEffects {
    /// Whole words of a path, an operation's id or a value; better one operation too many left out than one called.
    static func are(in text: String) -> Bool {
        let words = words(of: text)
        return words.contains { word in verbs.contains(word) || stems.contains { word.hasPrefix($0) } } || chinese.contains { text.contains($0) }
    }

    /// In lower case: `getPatientInfo/del_all` → `get patient info del all`. Nothing beyond 512 bytes is looked at.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasLower = false
        for byte in text.utf8.prefix(512) {
            let isUpper = (0x41...0x5A).contains(byte)
            let isLetter = isUpper || (0x61...0x7A).contains(byte)
            if !isLetter || (isUpper && wasLower), !word.isEmpty {
                words.append(word)
                word = ""
            }
            if isLetter { word.unicodeScalars.append(Unicode.Scalar(byte | 0x20)) }
            wasLower = isLetter && !isUpper
        }
        return word.isEmpty ? words : words + [word]
    }

    /// Words that begin so.
    private static let stems = [
        "delet", "remov", "logout", "logoff", "signout", "signoff", "shutdown", "restart", "reboot", "reset", "destroy", "purg", "truncat",
        "terminat",
        "unregister", "deregister", "unsubscrib", "uninstall", "revok", "disabl", "enabl", "activat", "deactivat", "upload", "export", "download",
        "execut", "generat", "migrat", "refund", "withdraw", "shanchu", "tuichu", "chongzhi", "xiugai", "daochu", "fasong",
    ]

    private static let verbs: Set<String> = [
        "del", "drop", "clear", "clean", "cleanup", "wipe", "erase", "flush", "kill", "stop", "start", "pause", "resume", "halt", "quit", "exit",
        "send",
        "resend", "push", "notify", "sms", "mailto", "dial", "print", "create", "add", "insert", "save", "update", "edit", "modify", "change", "set",
        "put",
        "patch", "write", "append", "rename", "move", "copy", "exec", "run", "invoke", "trigger", "fire", "sync", "refresh", "reload", "rebuild",
        "reindex",
        "renew", "rotate", "backup", "restore", "rollback", "dump", "cancel", "confirm", "submit", "pay", "checkin", "checkout", "import", "publish",
        "approve", "reject", "recharge", "register", "signup", "subscribe", "bind", "unbind", "lock", "unlock", "grant", "ban", "kick", "block",
        "unblock",
        "captcha", "otp", "verifycode", "callback", "webhook", "ack", "upgrade", "install", "deploy", "gc", "heapdump", "threaddump",
    ]

    private static let chinese = ["删除", "退出", "登出", "注销", "重置", "清空", "发送", "导出", "下载", "上传", "修改", "新增", "停止", "重启", "支付", "提交", "审核", "取消"]
}
