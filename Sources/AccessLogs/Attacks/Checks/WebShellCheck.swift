import LogFormats

/// Scripts where visitors' files lie, scripts with a shell's name, and what is put there.
struct WebShellCheck {
    /// The path, decoded and in small letters.
    let path: UnsafeRawBufferPointer

    private static let endings = WordTable([
        (1, "php php3 php4 php5 php7 php8 phtml pht phar jsp jspx jspf jspa jsw jsv asp aspx ashx asmx asa cer cdx cfm"),
        (2, "jpg jpeg png gif bmp webp ico txt doc docx pdf xls xlsx zip mp4 css js"),
    ])

    /// What honest scripts in such folders are called.
    private static let ordinary: [StaticString] = [
        "index", "upload", "download", "file", "image", "img", "thumb", "timthumb", "resize", "captcha", "save", "list", "view", "show", "get",
        "controller", "config", "style", "css", "js", "default", "avatar", "attachment", "preview", "crop", "browse", "editor", "handler", "verify",
        "code", "qrcode", "delete", "del", "edit", "check", "fetch", "combine", "min", "json", "api", "page", "print", "export", "import", "user",
        "report", "pic", "photo", "media", "main", "home", "common", "ajax", "service", "server", "submit", "do", "process", "multi",
        "crossdomain", "swf", "video", "audio", "convert", "zoom", "barcode", "info", "detail", "add",
    ]

    /// Where the last name begins, and where its ending begins.
    private let nameStart: Int
    private let endingStart: Int
    /// The path ends in the name of a script.
    let isScript: Bool

    init(_ path: UnsafeRawBufferPointer) {
        self.path = path
        var end = path.count
        // `;jsessionid=…`, and the slash that Tomcat's PUT passes over.
        if let semicolon = path.next(UInt8(ascii: ";"), from: 0) { end = semicolon }
        while end > 0, path[end - 1] == 0x2F || path[end - 1] <= 0x20 { end -= 1 }
        var index = end
        while index > 0, ASCII.isWord(path[index - 1]) { index -= 1 }
        let dot = index - 1
        endingStart = index
        isScript = path.byte(dot) == 0x2E && Self.endings.value(path, index, end) == 1
        var start = max(dot, 0)
        while start > 0, path[start - 1] != 0x2F { start -= 1 }
        nameStart = start
    }

    func matches(_ features: AttackFeatures, method: UnsafeRawBufferPointer, hasCommand: Bool) -> Bool {
        if hidesEnding { return true }
        guard isScript else { return false }
        if features.contains(.shellName) && isName(beforeEnding: true) { return true }
        if hasCommand { return true }
        let posts = method.has("post", at: 0)
        if method.has("put", at: 0) || method.has("move", at: 0) { return true }
        if features.contains(.weakShellName), posts, isName(beforeEnding: true) { return true }
        if features.contains(.uploads), !isOrdinary { return true }
        return features.contains(.assets) && posts && !isOrdinary
    }

    /// The needle for the name stands at the last name, not at a folder's.
    private func isName(beforeEnding: Bool) -> Bool { endingStart - 1 - nameStart <= 10 }

    private var isOrdinary: Bool {
        // A numbered one (`avatar_146.jsp`) was put there like the pictures beside it.
        for word in Self.ordinary where path.has(word, at: nameStart) && !isNumbered(after: word) { return true }
        // …upload.php, …_image.php.
        for word in Self.ordinary where path.has(word, at: endingStart - 1 - word.utf8CodeUnitCount) { return true }
        return false
    }

    private func isNumbered(after word: StaticString) -> Bool {
        var index = endingStart - 2
        while index >= nameStart + word.utf8CodeUnitCount, path[index] &- 0x30 < 10 { index -= 1 }
        return index < endingStart - 2 && index <= nameStart + word.utf8CodeUnitCount
    }

    /// `/x.jpg/y.php` (nginx hands it to PHP), `/x.asp;.jpg` (IIS 6), `/x.php%00.jpg`.
    private var hidesEnding: Bool {
        var from = 0
        while let dot = path.next(0x2E, from: from) {
            from = dot + 1
            let end = path.wordEnd(dot + 1)
            let kind = Self.endings.value(path, dot + 1, end)
            let after = path.byte(end)
            if kind == 1, end < path.count, after == 0 || after == UInt8(ascii: ";") && path.byte(end + 1) == 0x2E { return true }
            if kind == 2, after == 0x2F, isScript, nameStart == end + 1 { return true }
        }
        return false
    }
}
