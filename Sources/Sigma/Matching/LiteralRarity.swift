/// Guesses how often a literal stands in an ordinary log line: the best literals are those that almost never do.
enum LiteralRarity {
    /// Bits of surprise; the chance to meet the literal somewhere in a line is about 2 to the minus of it (times the line's length).
    static func bits(_ literal: [UInt8]) -> Double {
        if everyLine.contains(literal) { return 1 }
        return someLines.contains(literal) ? min(weight(literal), 8) : weight(literal)
    }

    /// The same, as far as its bytes alone tell.
    static func weight(_ literal: [UInt8]) -> Double { literal.reduce(0) { $0 + weights[Int(ByteMatching.lower($1))] } }

    /// Rough: letters after their frequency in English and in URLs, digits and separators as access logs have them.
    private static let weights: [Double] = {
        var weights = [Double](repeating: 8, count: 256)
        for (letter, weight) in zip(
            "etaoinsrhldcumfpgwybvkxjqz",
            [3, 3.4, 3.5, 3.6, 3.7, 3.7, 3.8, 3.9, 4.1, 4.5, 4.5, 4.7, 4.9, 4.9, 5, 5, 5.2, 5.2, 5.4, 5.6, 6, 6.5, 7, 8, 8, 8])
        {
            weights[Int(letter.asciiValue ?? 0)] = weight
        }
        for digit in 0x30...0x39 { weights[digit] = 3.5 }
        for (mark, weight) in [
            (" ", 2.5), ("/", 3), (".", 3), ("\"", 4), ("-", 4), ("=", 4.5), (":", 4), (",", 5), (";", 5), ("(", 5), (")", 5), ("_", 5), ("&", 5),
            ("%", 5), ("?", 5), ("+", 5.5),
        ] as [(Character, Double)] {
            weights[Int(mark.asciiValue ?? 0)] = weight
        }
        return weights
    }()

    /// What stands in most lines of the logs that are read: no literal of it says anything.
    private static let everyLine = CommonText(
        """
        get / http/1.1" 200 http/1.0" 200 http/2.0" 200 "-" "-" "-" - - [
        "mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) chrome/120.0.0.0 safari/537.36 edg/120.0.0.0" \
        (macintosh; intel mac os x 10_15_7) version/17.0 (iphone; cpu iphone os 17_0 like mac os x) mobile/15e148 safari/604.1 (x11; linux x86_64; \
        rv:109.0) gecko/20100101 firefox/115.0 (linux; android 13; https://www. http://www.
        type=syscall type=execve type=path type=cwd type=proctitle msg=audit( arch=c000003e syscall=59 success=yes exit=0 a0= a1= a2= a3= items= \
        ppid= pid= auid= uid=0 gid=0 euid= suid= fsuid= egid= sgid= fsgid= tty=pts ses= comm="bash" exe="/usr/bin/ key=(null) name="/ \
        nametype=normal cap_fp= argc= {"time": "level": "msg": "message": "status": "method": "remote_addr": "user_agent":
        """)

    /// What stands in many: better than nothing.
    private static let someLines = CommonText(
        """
        post / put / head / options / delete / 301 302 304 400 401 403 404 500 502 503 compatible; googlebot/2.1; +http://www.google.com/bot.html) \
        bingbot/2.0 msie 9.0; windows nt 6.1; trident/5.0) curl/7.88.1 python-requests/2.31.0 example.com/ .com/ .cn/ .net/ .org/
        /index.html /index.php .php? .html .htm .css .js .png .jpg .gif .svg .ico .json .xml .aspx .jsp .do ?id= &page= &type= &name= ?v= ?q= \
        /api/v1/ /static/ /images/ /assets/ /js/ /css/ /user /login /admin /search /wp-content/ /wp-includes/ /favicon.ico /robots.txt /public/
        subj=unconfined res=success acct="root" /bin/sh /usr/sbin/ /usr/lib/ /etc/ /var/log/ /tmp/ /home/ /bin/bash
        localhost sshd[ sudo: session opened for user root by (uid=0) session closed accepted password for failed password invalid user from port \
        ssh2 connection closed preauth cron[ systemd[ kernel: error warning notice info log: statement: select from where insert into update null
        """)

    private struct CommonText: Sendable {
        private let text: [UInt8]

        init(_ text: String) { self.text = Array(text.utf8) }

        func contains(_ literal: [UInt8]) -> Bool {
            guard let first = literal.first.map(ByteMatching.lower), literal.count <= text.count else { return false }
            for start in 0...(text.count - literal.count) where text[start] == first {
                var offset = 1
                while offset < literal.count, text[start + offset] == ByteMatching.lower(literal[offset]) { offset += 1 }
                if offset == literal.count { return true }
            }
            return false
        }
    }
}
