/// Commands of shells, sorted by how much else must be seen before they are taken for commands.
enum ShellWords {
    /// No word of any other language, with or without arguments.
    static let plain: UInt8 = 1
    /// Needs arguments that look like those of a command.
    static let argued: UInt8 = 2
    /// Also an ordinary word: alone it counts where a value is surely left, else with arguments that no text has.
    static let ambiguous: UInt8 = 3

    static let table = WordTable([
        (
            plain,
            """
            whoami ipconfig ifconfig netstat systeminfo tasklist uname hostname lsof nslookup powershell pwsh printenv phpinfo getent lscpu
            wmic nltest qwinsta msiexec mshta rundll32 regsvr32 cscript vssadmin
            """
        ),
        (
            argued,
            """
            cat wget curl ping nc ncat netcat bash zsh dash ksh python python2 python3 perl php ruby node dig certutil bitsadmin chmod chown
            rm cp mv mkdir touch tftp ftpget busybox awk sed grep find xargs tar gzip base64 xxd od tac nl rev sort telnet ssh scp socat
            openssl java javac gcc traceroute rpm yum apt dpkg docker kubectl crontab kill pkill nohup tee fetch lwp-download lynx aria2c
            printf export cd
            """
        ),
        (
            ambiguous,
            """
            id ls ps sh pwd env set dir type echo net cmd ver head tail more less sleep date time who w last test expr timeout reg start
            copy move del path host mount df du free top history jobs source eval exec sudo su reboot shutdown service
            """
        ),
    ])
}
