import LogFormats

/// Markup and script that would run in another's browser.
struct ScriptingCheck {
    let text: UnsafeRawBufferPointer

    private static let handlers = WordTable([
        (
            1,
            """
            load error click dblclick mouseover mousemove mouseenter mousedown mouseup mouseout mouseleave mousewheel focus focusin focusout blur
            toggle start begin end repeat animationstart animationend animationiteration transitionend transitionstart transitionrun
            transitioncancel pointerover pointerenter
            pointerdown pointermove pointerup pointerout pointerrawupdate keydown keypress keyup touchstart touchend touchmove wheel scroll
            scrollend input
            change submit reset select selectstart selectionchange copy cut paste beforecopy beforecut beforepaste drag dragstart dragenter
            dragover dragend drop hashchange
            message pageshow pagehide popstate resize unload beforeunload beforeinput canplay canplaythrough loadeddata loadedmetadata loadstart
            play playing
            pause ended progress seeked timeupdate volumechange readystatechange finish bounce invalid search auxclick contextmenu cuechange
            durationchange fullscreenchange show gotpointercapture webkitanimationend beforetoggle afterprint beforeprint securitypolicyviolation
            """
        )
    ])

    private static let tags = WordTable([(1, "script svg iframe object embed applet frame frameset meta base link isindex math xml form style")])

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    func matches(_ classes: ByteClasses) -> Bool {
        if !classes.isDisjoint(with: [.angle, .quote]), hasHandler { return true }
        if classes.contains(.angle), hasTag { return true }
        return classes.contains(.colon) && hasScriptAddress
    }

    /// `<img src=x onerror=…`, `" onfocus=…`: an event's name and `=`, behind a blank, a slash or a quote, after a tag or a quote was opened.
    private var hasHandler: Bool {
        var from = 0
        var opened = -1
        for (index, byte) in text.enumerated() where byte == UInt8(ascii: "<") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            opened = index
            break
        }
        guard opened >= 0 else { return false }
        from = opened
        while let o = text.next(UInt8(ascii: "o"), from: from) {
            from = o + 1
            guard text.byte(o + 1) == UInt8(ascii: "n") else { continue }
            let before = text.byte(o - 1)
            guard ASCII.isSpace(before) || ("/\"'`;" as StaticString).has(before) else { continue }
            let end = text.wordEnd(o + 2)
            let equals = text.skipSpaces(end)
            if text.byte(equals) == UInt8(ascii: "="), Self.handlers.value(text, o + 2, end) != 0 { return true }
        }
        return false
    }

    /// Tags that load or run something, with an attribute that says what.
    private var hasTag: Bool {
        var from = 0
        while let open = text.next(UInt8(ascii: "<"), from: from) {
            from = open + 1
            let start = text.skipSpaces(open + 1)
            let end = text.wordEnd(start)
            guard Self.tags.value(text, start, end) != 0 else { continue }
            let after = text.byte(end)
            if text.has("svg", at: start) || text.has("math", at: start), after == 0x2F || after == 0x3E || ASCII.isSpace(after) { return true }
            guard ASCII.isSpace(after) || after == 0x2F || after == UInt8(ascii: ">") else { continue }
            let close = min(text.next(UInt8(ascii: ">"), from: end) ?? text.count, end + 300)
            if text.has("style", at: start) { if contains("@import", end, min(text.count, end + 300)) { return true } else { continue } }
            if contains("//", end, close) || contains("javascript", end, close) || contains("data:", end, close) || contains("http-equiv", end, close)
            {
                return true
            }
        }
        return false
    }

    private func contains(_ needle: StaticString, _ start: Int, _ end: Int) -> Bool {
        guard end > start else { return false }
        for index in start..<end where text.has(needle, at: index) { return true }
        return false
    }

    /// `javascript:alert(…`, with the blanks that browsers pass over; not the `javascript:void(0)` of links that crawlers follow.
    private var hasScriptAddress: Bool {
        var from = 0
        while let colon = text.next(UInt8(ascii: ":"), from: from) {
            from = colon + 1
            guard isScript(before: colon) else { continue }
            var index = text.skipSpaces(colon + 1)
            let isHarmless =
                text.has("void", at: index) || text.has("history.", at: index) || text.has(";", at: index) || text.has("window.close", at: index)
                || text.has("window.print", at: index) || text.has("window.history", at: index) || index == text.count
            if isHarmless { continue }
            // Something is called, written or read.
            while index < text.count, index < colon + 200 {
                if ("(`=/" as StaticString).has(text[index]) { return true }
                index += 1
            }
        }
        return false
    }

    private func isScript(before colon: Int) -> Bool {
        let word: StaticString = "javascript"
        var index = colon - 1
        var left = word.utf8CodeUnitCount - 1
        while index >= 0, left >= 0, colon - index < 40 {
            if ASCII.isSpace(text[index]) {
                index -= 1
                continue
            }
            guard text[index] == word.utf8Start[left] else { return false }
            index -= 1
            left -= 1
        }
        return left < 0
    }
}
