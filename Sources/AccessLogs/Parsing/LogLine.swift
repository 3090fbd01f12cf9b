package import Network

/// One request, as an access log tells it. Ranges point into the line's bytes; nothing is copied.
package struct LogLine {
    /// Who connected; nil when the server logged a host name instead of an address.
    package var client: IPAddress?
    /// Seconds since 1970, UTC.
    package var time: Int64
    /// What stands between the quotes: `GET /path HTTP/1.1`, or whatever the client sent.
    package var request: Range<Int>
    /// 0 when the server logged none.
    package var status: Int
    /// Of the response; 0 when the server logged `-`.
    package var bytes: Int
    /// Where the fields after the byte count begin: referer, user agent and whatever else the format has.
    package var extra: Int
}
