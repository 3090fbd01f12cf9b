import LogFormats

/// The working memory of one thread for ``AttackClassifier``: one request's target, decoded. Used again for every request.
package final class AttackScratch {
    /// Bytes of a target that are looked at: more than servers take (nginx: `large_client_header_buffers`, 8 KiB; Tomcat: `maxHttpHeaderSize`, 8
    /// KiB).
    static let longest = 16 << 10
    /// Parameters beyond this many are read as one text.
    static let mostParameters = 64

    struct Parameter {
        var nameStart = 0
        var nameEnd = 0
        /// Equal to `nameEnd` for a parameter without `=`.
        var valueStart = 0
        var valueEnd = 0
    }

    let buffer: UnsafeMutableRawBufferPointer
    private let parameterStore: UnsafeMutableBufferPointer<Parameter>
    var count = 0
    /// Where the path ends within ``text``.
    var pathEnd = 0
    var parameterCount = 0
    var classes: ByteClasses = []
    /// Dots or slashes of the path came encoded: no browser does that.
    var hasEncodedPathMarks = false
    /// Dots or slashes came encoded twice, or in a form that nobody has use for: `%252e`, `%c0%ae`, `%u002e`.
    var isTwiceEncoded = false

    package init() {
        buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.longest + 8, alignment: 8)
        parameterStore = UnsafeMutableBufferPointer<Parameter>.allocate(capacity: Self.mostParameters)
        parameterStore.initialize(repeating: Parameter())
    }

    deinit {
        buffer.deallocate()
        parameterStore.deallocate()
    }

    /// Path, `?`, and the parameters with `=` and `&`: decoded, in small letters, without comments.
    var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[0..<count]) }

    var parameters: UnsafeBufferPointer<Parameter> { UnsafeBufferPointer(rebasing: parameterStore[0..<parameterCount]) }

    /// Decodes `target` (path and query as they were sent, or as the log escaped them).
    func decode(_ target: UnsafeRawBufferPointer) {
        reset()
        let target = UnsafeRawBufferPointer(rebasing: target[Self.pathStart(target)..<min(target.count, Self.longest)])
        let query = target.next(0x3F, from: 0) ?? target.count
        let path = target.part(0..<query)
        noteEncodings(target, pathEnd: query)
        append(path)
        pathEnd = count
        if query < target.count {
            put(0x3F)
            appendQuery(target, from: query + 1)
        }
        classes = ByteClasses(text)
    }

    /// A whole text as one value: user agents and referers.
    func decode(value: UnsafeRawBufferPointer) {
        reset()
        append(value.part(0..<min(value.count, Self.longest)))
        classes = ByteClasses(text)
    }

    private func reset() {
        (count, parameterCount, pathEnd) = (0, 0, 0)
        (hasEncodedPathMarks, isTwiceEncoded) = (false, false)
    }

    private func appendQuery(_ target: UnsafeRawBufferPointer, from start: Int) {
        var position = start
        while position <= target.count, parameterCount < Self.mostParameters {
            if parameterCount > 0 { put(0x26) }
            let isLast = parameterCount == Self.mostParameters - 1
            let end = isLast ? target.count : target.next(0x26, from: position) ?? target.count
            var parameter = Parameter()
            parameter.nameStart = count
            let equals = target.next(0x3D, from: position, to: end)
            append(target.part(position..<(equals ?? end)))
            (parameter.nameEnd, parameter.valueStart) = (count, count)
            if let equals {
                put(0x3D)
                parameter.valueStart = count
                append(target.part((equals + 1)..<end))
            }
            parameter.valueEnd = count
            parameterStore[parameterCount] = parameter
            parameterCount += 1
            position = end + 1
        }
    }

    /// What is decoded is never longer than what was sent, and what was sent is bounded; a byte too many is dropped.
    @inline(__always)
    private func put(_ byte: UInt8) {
        guard count < buffer.count else { return }
        buffer[count] = byte
        count += 1
    }

    private func append(_ part: UnsafeRawBufferPointer) {
        let start = count
        guard part.count <= buffer.count - start else { return }
        var decoder = AttackDecoder(output: buffer, start: start)
        decoder.decode(part, isFirst: true)
        // Twice encoded, for servers behind servers; a third time is for those who decode what a filter decoded.
        var rounds = 1
        while decoder.mayHoldMore, rounds < 3 {
            let decoded = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[start..<decoder.end])
            decoder = AttackDecoder(output: buffer, start: start)
            decoder.decode(decoded, isFirst: false)
            rounds += 1
        }
        count = AttackDecoder.withoutComments(buffer, start, decoder.end)
    }

    /// Where the path of `http://host/path` (RFC 9112, 3.2.2) begins.
    private static func pathStart(_ target: UnsafeRawBufferPointer) -> Int {
        guard target.has("http", at: 0), let colon = target.next(0x3A, from: 0, to: min(target.count, 8)), target.starts(with: "://", at: colon)
        else { return 0 }
        let bound = min(target.count, longest)
        return target.next(0x2F, from: colon + 3, to: bound) ?? bound
    }

    /// Notes how dots and slashes were encoded.
    private func noteEncodings(_ target: UnsafeRawBufferPointer, pathEnd: Int) {
        var from = 0
        while let percent = target.next(0x25, from: from) {
            from = percent + 1
            let (first, second) = (ASCII.lower(target.byte(percent + 1)), ASCII.lower(target.byte(percent + 2)))
            let isMark = first == 0x32 && (second == 0x65 || second == 0x66) || first == 0x35 && second == 0x63
            let isTwice =
                first == 0x25 || first == 0x63 && (second == 0x30 || second == 0x31) || target.has("%e0%80", at: percent)
                || target.has("%u002", at: percent) || target.has("%uff0", at: percent) || target.has("%u2215", at: percent)
                || first == 0x32 && second == 0x35 && isMarkCode(target, percent + 3)
            if isTwice { isTwiceEncoded = true }
            if (isMark || isTwice) && percent < pathEnd { hasEncodedPathMarks = true }
        }
    }

    /// `2e`, `2f`, `5c`, or what decodes to them once more.
    private func isMarkCode(_ target: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        target.has("2e", at: index) || target.has("2f", at: index) || target.has("5c", at: index) || target.has("25", at: index)
            || target.has("32", at: index) || target.has("c0", at: index)
    }
}
