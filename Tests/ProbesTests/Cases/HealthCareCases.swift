import Probes
import TestSupport

private typealias R = HealthCareReplies

extension ProbeCases {
    static let healthCare: [ProbeCase] = dicom + hl7

    private static let dicom: [ProbeCase] = [
        ProbeCase(
            "any title, verification, query and storage", .dicom, [R.acceptance([1, 5, 7, 23]), R.data(R.echo(status: 0)), R.releaseReply],
            .notRequired, "exposure.dicom-any-title"),
        ProbeCase(
            "any title, storage only, in explicit VR", .dicom,
            [
                R.unit(0x02, R.head + R.applicationContext + R.context(1) + R.context(23, syntax: "1.2.840.10008.1.2.1") + R.user()),
                R.data(R.echo(status: 0)), R.releaseReply,
            ], .notRequired, "exposure.dicom-any-title"),
        ProbeCase(
            "the echo in two units", .dicom,
            [
                R.acceptance([1, 23]), R.data(Array(R.echo(status: 0).prefix(20)), control: 1) + R.data(Array(R.echo(status: 0).dropFirst(20))),
                R.releaseReply,
            ], .notRequired, "exposure.dicom-any-title"),
        ProbeCase(
            "verification only", .dicom, [R.acceptance([1]), R.data(R.echo(status: 0)), R.releaseReply], .unknown, "exposure.dicom-verification-only"),
        ProbeCase("no verification", .dicom, [R.acceptance([5, 23]), R.releaseReply], .unknown, "exposure.dicom-no-verification"),
        ProbeCase("nothing accepted", .dicom, [R.acceptance([]), R.releaseReply], .unknown, "exposure.dicom-no-verification"),
        ProbeCase(
            "the echo is not authorised", .dicom, [R.acceptance([1, 23]), R.data(R.echo(status: 0x0124)), R.releaseReply], .required,
            "exposure.refused"),
        ProbeCase(
            "the echo fails", .dicom, [R.acceptance([1, 23]), R.data(R.echo(status: 0x0110)), R.releaseReply], .unknown, "exposure.busy"),
        ProbeCase(
            "the echo answers somebody else", .dicom, [R.acceptance([1, 23]), R.data(R.echo(status: 0, message: 2))], .unknown,
            "exposure.session-broken"),
        ProbeCase("aborted after the acceptance", .dicom, [R.acceptance([1, 23]), R.abort], .unknown, "exposure.session-broken"),
        ProbeCase("accepted, then silent", .dicom, [R.acceptance([1, 23])], .unknown, "exposure.session-broken"),
        ProbeCase("the called title is not known", .dicom, [R.rejection(source: 1, reason: 7)], .required, "exposure.dicom-title-refused"),
        ProbeCase("the calling title is not known", .dicom, [R.rejection(source: 1, reason: 3)], .required, "exposure.dicom-title-refused"),
        ProbeCase("rejected without a reason", .dicom, [R.rejection(source: 1, reason: 1)], .unknown, "exposure.dicom-rejected"),
        ProbeCase("too busy", .dicom, [R.rejection(source: 3, reason: 1, result: 2)], .unknown, "exposure.dicom-rejected"),
        ProbeCase("aborted", .dicom, [R.abort], .unknown, "exposure.dicom-aborted"),
        ProbeCase("a rejection that the standard doesn't know", .dicom, [R.rejection(source: 9, reason: 1)], nil),
        ProbeCase("an acceptance of what was not proposed", .dicom, [R.unit(0x02, R.head + R.applicationContext + R.context(99) + R.user())], nil),
        ProbeCase("an even id", .dicom, [R.unit(0x02, R.head + R.applicationContext + R.context(2) + R.user())], nil),
        ProbeCase(
            "the same context twice", .dicom, [R.unit(0x02, R.head + R.applicationContext + R.context(1) + R.context(1) + R.user())], nil),
        ProbeCase(
            "a transfer syntax that was not proposed", .dicom,
            [R.unit(0x02, R.head + R.applicationContext + R.context(1, syntax: "1.2.840.10008.1.2.4.50") + R.user())], nil),
        ProbeCase("no application context", .dicom, [R.unit(0x02, R.head + R.context(1) + R.user())], nil),
        ProbeCase("no user information", .dicom, [R.unit(0x02, R.head + R.applicationContext + R.context(1))], nil),
        ProbeCase(
            "an item longer than its unit", .dicom,
            [R.unit(0x02, R.head + R.applicationContext + R.context(1) + [0x50, 0, 0xFF, 0xFF, 0x51, 0, 0, 4, 0, 0, 0, 0])], nil),
        ProbeCase("a length beyond reason", .dicom, [[0x02, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0, 1]], nil),
        ProbeCase("our own request, echoed", .dicom, [[0x01, 0, 0, 0, 0, 70, 0, 1]], nil),
        ProbeCase("an SSH server", .dicom, texts: ["SSH-2.0-OpenSSH_9.2\r\n"], nil),
        ProbeCase("a web server", .dicom, texts: [Replies.HTTP.greeting], nil),
    ]

    private static let hl7: [ProbeCase] = [
        ProbeCase("rejects the empty message", .hl7, [R.acknowledgement("AR")], .notRequired, "exposure.hl7-acknowledged"),
        ProbeCase(
            "an error, of an engine that says no version", .hl7, [R.block("MSH|^~\\&|||||\rMSA|AE|\r")], .notRequired, "exposure.hl7-acknowledged"),
        ProbeCase("segments that end in CR LF", .hl7, [R.block("MSH|^~\\&|A\r\nMSA|CR|1\r\n")], .notRequired, "exposure.hl7-acknowledged"),
        ProbeCase(
            "pushes a message to whoever connects", .hl7, [R.block("MSH|^~\\&|HIS||||1||ADT^A01|1|P|2.4\rPID|1||1\r")], .notRequired,
            "exposure.hl7-message"),
        ProbeCase("commits the block", .hl7, [[0x0B, 0x06, 0x1C, 0x0D]], .notRequired, "exposure.hl7-committed"),
        ProbeCase("does not commit the block", .hl7, [[0x0B, 0x15, 0x1C, 0x0D]], .unknown, "exposure.hl7-not-committed"),
        ProbeCase("the empty block, echoed", .hl7, [[0x0B, 0x1C, 0x0D]], nil),
        ProbeCase("silence", .hl7, [], nil),
        ProbeCase("a block without a header", .hl7, [R.block("PID|1\r")], nil),
        ProbeCase("an acknowledgement without a code", .hl7, [R.block("MSH|^~\\&|A\rMSA|OK|1\r")], nil),
        ProbeCase("a header without separators", .hl7, [R.block("MSH\r")], nil),
        ProbeCase("a block that breaks off", .hl7, [Array(R.acknowledgement("AA").dropLast())], nil),
        ProbeCase("an acknowledgement outside a block", .hl7, [Array(R.acknowledgement("AA").dropFirst())], nil),
        ProbeCase("a Redis", .hl7, texts: ["-ERR unknown command\r\n"], nil),
        ProbeCase("a web server", .hl7, texts: ["HTTP/1.1 400 Bad Request\r\n\r\n"], nil),
    ]
}
