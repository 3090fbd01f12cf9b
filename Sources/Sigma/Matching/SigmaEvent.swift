/// What a field of an event holds.
@frozen
package enum SigmaValue {
    /// The event has no such field: its format has none, or this line leaves it out.
    case absent
    /// As the log has it, decoded. A field that the format has but this line leaves open is empty, or a dash (web formats).
    case bytes(UnsafeRawBufferPointer)
    /// Its shortest decimal form must stand in the text that was scanned for literals (``SigmaMatcher/literals``), unless the field is one of
    /// ``SigmaField`` that hold numbers.
    case integer(Int64)
}

/// An event that rules look at. Buffers must hold until the matcher returns.
package protocol SigmaEvent {
    /// The line as it stands in the file.
    var rawLine: UnsafeRawBufferPointer { get }
    func value(of field: SigmaField) -> SigmaValue
    /// A field by the name that a rule writes (`type`, `a0`, `event.action`), in its case.
    func value(named name: UnsafeRawBufferPointer) -> SigmaValue
    /// Whether the event is of the service that a rule names (`sshd`, `cron`), where one source holds those of many (syslog). Asked only for rules
    /// that matched.
    func isOf(service: UnsafeRawBufferPointer) -> Bool
}

extension SigmaEvent {
    @inlinable
    package func isOf(service: UnsafeRawBufferPointer) -> Bool { true }
}
