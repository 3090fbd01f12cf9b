package import Patterns

/// The first look, cheap enough for every line: literals for the engine's one scan, and a look for long runs of digits.
package enum PersonalDataTriggers {
    /// Names of parameters and fields behind which secrets and persons' names stand.
    /// - Parameter id: what all of them report.
    package static func literals(id: UInt32) -> [PatternSet.Literal] {
        let any = """
            token= token: token" token%22 passw pwd= pwd: pwd" passcode= secret= secret: apikey api_key api-key accesskey access_key sessionid
            session_id
            phpsessid authorization bearer
            """
        let named = """
            name=%e name=\u{5C}xe name":"%e name%22%3a%22%e name%22:%22%e name=%20%e xm=%e xingming=%e lxr=%e contact=%e
            """
        var literals = (any + " " + named).split(whereSeparator: \.isWhitespace).map { PatternSet.Literal(String($0), id: id) }
        // Names as they are, in UTF-8: 一 to 鿿 begin with E4 to E9.
        for lead in UInt8(0xE4)...0xE9 {
            for name in ["name=", "name\":\"", "name: ", "xm=", "姓名:", "姓名："] {
                literals.append(PatternSet.Literal(bytes: Array(name.utf8) + [lead], id: id))
            }
        }
        literals.append(PatternSet.Literal("eyJ", id: id, ignoresCase: false))
        return literals
    }

    /// Whether a run of eleven digits or more stands in `bytes`: it must hold every eleventh byte, so that few are looked at.
    @inline(__always)
    package static func hasDigitRun(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 10
        while index < bytes.count {
            guard ASCII.isDigit(bytes[index]) else {
                index &+= 11
                continue
            }
            var start = index
            while start > 0, index - start < 11, ASCII.isDigit(bytes[start - 1]) { start -= 1 }
            var end = index + 1
            while end < bytes.count, end - start < 11, ASCII.isDigit(bytes[end]) { end += 1 }
            if end - start >= 11 { return true }
            // Behind the run's end the next one could begin.
            index = end &+ 10
        }
        return false
    }
}
