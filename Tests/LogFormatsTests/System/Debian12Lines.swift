/// What sshd 9.2, sudo 1.9.13, su, the shadow tools and systemd-journald 252 of Debian 12 wrote in a namespace of their own, under the usual attacks.
enum Debian12Lines {
    static let syslog: [String] = #"""
        Nov 25 22:38:35 gate systemd-journald[23765]: Journal started
        Nov 25 22:38:36 gate testprog[23770]: hello from logger
        Nov 25 22:38:36 gate useradd[23771]: new group: name=alice, GID=1001
        Nov 25 22:38:36 gate useradd[23771]: new user: name=alice, UID=1001, GID=1001, home=/home/alice, shell=/bin/sh, from=none
        Nov 25 22:38:36 gate useradd[23778]: new group: name=mallory, GID=1002
        Nov 25 22:38:36 gate useradd[23778]: new user: name=mallory, UID=1002, GID=1002, home=/home/mallory, shell=/bin/sh, from=none
        Nov 25 22:38:36 gate usermod[23785]: add 'mallory' to group 'sudo'
        Nov 25 22:38:36 gate usermod[23785]: add 'mallory' to shadow group 'sudo'
        Nov 25 22:38:36 gate chpasswd[23793]: pam_unix(chpasswd:chauthtok): password changed for alice
        Nov 25 22:38:36 gate groupadd[23796]: group added to /etc/group: name=staffx, GID=1003
        Nov 25 22:38:36 gate groupadd[23796]: group added to /etc/gshadow: name=staffx
        Nov 25 22:38:36 gate groupadd[23796]: new group: name=staffx, GID=1003
        Nov 25 22:38:36 gate passwd[23802]: password for 'mallory' changed by 'root'
        Nov 25 22:38:36 gate userdel[23809]: delete user 'mallory'
        Nov 25 22:38:36 gate userdel[23809]: delete 'mallory' from group 'sudo'
        Nov 25 22:38:36 gate userdel[23809]: removed group 'mallory' owned by 'mallory'
        Nov 25 22:38:36 gate userdel[23809]: removed shadow group 'mallory' owned by 'mallory'
        Nov 25 22:38:36 gate userdel[23809]: delete 'mallory' from shadow group 'sudo'
        Nov 25 22:38:36 gate su[23818]: (to alice) root on none
        Nov 25 22:38:36 gate su[23818]: pam_unix(su:session): session opened for user alice(uid=1001) by (uid=0)
        Nov 25 22:38:36 gate sudo[23820]:    alice : PWD=/srv ; USER=root ; COMMAND=/usr/bin/id -un
        Nov 25 22:38:36 gate sudo[23820]: pam_unix(sudo:session): session opened for user root(uid=0) by (uid=1001)
        Nov 25 22:38:36 gate sudo[23820]: pam_unix(sudo:session): session closed for user root
        Nov 25 22:38:36 gate su[23818]: pam_unix(su:session): session closed for user alice
        Nov 25 22:38:36 gate su[23823]: (to alice) root on none
        Nov 25 22:38:36 gate sudo[23825]: pam_unix(sudo:auth): authentication failure; logname= uid=1001 euid=0 tty= ruser=alice rhost=  user=alice
        Nov 25 22:38:42 gate sudo[23825]:    alice : 3 incorrect password attempts ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id -un
        Nov 25 22:38:42 gate sudo[23953]:    alice : a password is required ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id
        Nov 25 22:38:42 gate su[23954]: (to nobody) root on none
        Nov 25 22:38:42 gate sudo[23957]: pam_unix(sudo:auth): authentication failure; logname= uid=65534 euid=0 tty= ruser=nobody rhost=  user=nobody
        Nov 25 22:38:44 gate sudo[23957]: pam_unix(sudo:auth): conversation failed
        Nov 25 22:38:44 gate sudo[23957]: pam_unix(sudo:auth): auth could not identify password for [nobody]
        Nov 25 22:38:44 gate sudo[23957]:   nobody : user NOT in sudoers ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id
        Nov 25 22:38:44 gate su[23991]: pam_unix(su:auth): authentication failure; logname= uid=1001 euid=0 tty= ruser=alice rhost=  user=root
        Nov 25 22:38:46 gate su[23991]: FAILED SU (to root) alice on none
        Nov 25 22:38:47 gate sudo[23996]:     root : PWD=/srv ; USER=root ; COMMAND=/usr/bin/systemctl stop rsyslog
        Nov 25 22:38:47 gate sudo[23996]: pam_unix(sudo:session): session opened for user root(uid=0) by (uid=0)
        Nov 25 22:38:47 gate sudo[23996]: pam_unix(sudo:session): session closed for user root
        Nov 25 22:38:47 gate sudo[23998]:     root : PWD=/srv ; USER=root ; COMMAND=/usr/bin/rm -f /var/log/nothing.log
        Nov 25 22:38:47 gate sudo[23998]: pam_unix(sudo:session): session opened for user root(uid=0) by (uid=0)
        Nov 25 22:38:47 gate sudo[23998]: pam_unix(sudo:session): session closed for user root
        Nov 25 22:38:47 gate sshd[24008]: Server listening on 127.0.0.1 port 40422.
        Nov 25 22:38:48 gate sshd[24021]: Accepted publickey for alice from 127.0.0.1 port 52310 ssh2: ED25519 SHA256:Zm9yIHRlc3RzIG9ubHksIG5vdCBhIGtleSBvZiBhbnkgdXNl
        Nov 25 22:38:48 gate sshd[24021]: pam_unix(sshd:session): session opened for user alice(uid=1001) by (uid=0)
        Nov 25 22:38:48 gate sshd[24027]: Received disconnect from 127.0.0.1 port 52310:11: disconnected by user
        Nov 25 22:38:48 gate sshd[24027]: Disconnected from user alice 127.0.0.1 port 52310
        Nov 25 22:38:48 gate sshd[24021]: pam_unix(sshd:session): session closed for user alice
        Nov 25 22:38:48 gate sshd[24032]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1  user=root
        Nov 25 22:38:50 gate sshd[24032]: Failed password for root from 127.0.0.1 port 48588 ssh2
        Nov 25 22:38:53 gate sshd[24032]: Failed password for root from 127.0.0.1 port 48588 ssh2
        Nov 25 22:38:54 gate sshd[24032]: Failed password for root from 127.0.0.1 port 48588 ssh2
        Nov 25 22:38:55 gate sshd[24032]: error: maximum authentication attempts exceeded for root from 127.0.0.1 port 48588 ssh2 [preauth]
        Nov 25 22:38:55 gate sshd[24032]: Disconnecting authenticating user root 127.0.0.1 port 48588: Too many authentication failures [preauth]
        Nov 25 22:38:55 gate sshd[24032]: PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1  user=root
        Nov 25 22:38:55 gate sshd[24201]: Invalid user admin from 127.0.0.1 port 48598
        Nov 25 22:38:55 gate sshd[24201]: pam_unix(sshd:auth): check pass; user unknown
        Nov 25 22:38:55 gate sshd[24201]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1
        Nov 25 22:38:57 gate sshd[24201]: Failed password for invalid user admin from 127.0.0.1 port 48598 ssh2
        Nov 25 22:39:01 gate sshd[24201]: Failed password for invalid user admin from 127.0.0.1 port 48598 ssh2
        Nov 25 22:39:03 gate sshd[24201]: Failed password for invalid user admin from 127.0.0.1 port 48598 ssh2
        Nov 25 22:39:03 gate sshd[24201]: error: maximum authentication attempts exceeded for invalid user admin from 127.0.0.1 port 48598 ssh2 [preauth]
        Nov 25 22:39:03 gate sshd[24201]: Disconnecting invalid user admin 127.0.0.1 port 48598: Too many authentication failures [preauth]
        Nov 25 22:39:03 gate sshd[24201]: PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1
        Nov 25 22:39:03 gate sshd[24390]: Invalid user x from 198.51.100.9 port 1 ssh2 from 127.0.0.1 port 44804
        Nov 25 22:39:03 gate sshd[24390]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1
        Nov 25 22:39:06 gate sshd[24390]: Failed password for invalid user x from 198.51.100.9 port 1 ssh2 from 127.0.0.1 port 44804 ssh2
        Nov 25 22:39:08 gate sshd[24390]: Failed password for invalid user x from 198.51.100.9 port 1 ssh2 from 127.0.0.1 port 44804 ssh2
        Nov 25 22:39:12 gate sshd[24390]: Failed password for invalid user x from 198.51.100.9 port 1 ssh2 from 127.0.0.1 port 44804 ssh2
        Nov 25 22:39:12 gate sshd[24390]: error: maximum authentication attempts exceeded for invalid user x from 198.51.100.9 port 1 ssh2 from 127.0.0.1 port 44804 ssh2 [preauth]
        Nov 25 22:39:12 gate sshd[24390]: Disconnecting invalid user x from 198.51.100.9 port 1 ssh2 127.0.0.1 port 44804: Too many authentication failures [preauth]
        Nov 25 22:39:12 gate sshd[24390]: PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1
        Nov 25 22:39:13 gate sshd[24399]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1  user=alice
        Nov 25 22:39:15 gate sshd[24397]: error: PAM: Authentication failure for alice from 127.0.0.1
        Nov 25 22:39:15 gate sshd[24397]: Postponed keyboard-interactive for alice from 127.0.0.1 port 46998 ssh2 [preauth]
        Nov 25 22:39:15 gate sshd[24401]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1  user=alice
        Nov 25 22:39:17 gate sshd[24397]: error: PAM: Authentication failure for alice from 127.0.0.1
        Nov 25 22:39:17 gate sshd[24397]: Failed keyboard-interactive/pam for alice from 127.0.0.1 port 46998 ssh2
        Nov 25 22:39:17 gate sshd[24397]: Postponed keyboard-interactive for alice from 127.0.0.1 port 46998 ssh2 [preauth]
        Nov 25 22:39:17 gate sshd[24403]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=127.0.0.1  user=alice
        Nov 25 22:39:19 gate sshd[24397]: error: PAM: Authentication failure for alice from 127.0.0.1
        Nov 25 22:39:19 gate sshd[24397]: Failed keyboard-interactive/pam for alice from 127.0.0.1 port 46998 ssh2
        Nov 25 22:39:19 gate sshd[24397]: error: maximum authentication attempts exceeded for alice from 127.0.0.1 port 46998 ssh2 [preauth]
        Nov 25 22:39:19 gate sshd[24397]: Disconnecting authenticating user alice 127.0.0.1 port 46998: Too many authentication failures [preauth]
        Nov 25 22:39:19 gate sshd[24406]: Invalid user nosuch from 127.0.0.1 port 37226
        Nov 25 22:39:19 gate sshd[24406]: Connection closed by invalid user nosuch 127.0.0.1 port 37226 [preauth]
        Nov 25 22:39:19 gate sshd[24008]: Received signal 15; terminating.
        Nov 25 22:39:19 gate sshd[24448]: error: kex_exchange_identification: client sent invalid protocol identifier "GET /"
        Nov 25 22:39:19 gate sshd[24448]: banner exchange: Connection from 127.0.0.1 port 37228: invalid format
        """#.split(separator: "\n").map(String.init)

    static let journal: [String] = #"""
        {"_MACHINE_ID":"00000000000000000000000000000000","_GID":"1001","__CURSOR":"00000000000000000000000000000000","_HOSTNAME":"gate","_TRANSPORT":"syslog","_UID":"1001","_CAP_EFFECTIVE":"1fffeffffff","MESSAGE":"   alice : 3 incorrect password attempts ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id -un","PRIORITY":"1","SYSLOG_TIMESTAMP":"Nov 25 22:38:42 ","_CMDLINE":"sudo -k -S /usr/bin/id -un","_BOOT_ID":"00000000000000000000000000000000","_SOURCE_REALTIME_TIMESTAMP":"1795646322800511","__REALTIME_TIMESTAMP":"1795646322800540","SYSLOG_IDENTIFIER":"sudo","_PID":"23825","__MONOTONIC_TIMESTAMP":"45475462526","_RUNTIME_SCOPE":"system","SYSLOG_FACILITY":"10","_COMM":"sudo","_EXE":"/usr/bin/sudo"}
        {"_EXE":"/usr/sbin/sshd","SYSLOG_IDENTIFIER":"sshd","_TRANSPORT":"syslog","__CURSOR":"00000000000000000000000000000000","__REALTIME_TIMESTAMP":"1795646346036675","_COMM":"sshd","_PID":"24390","_RUNTIME_SCOPE":"system","_MACHINE_ID":"00000000000000000000000000000000","MESSAGE":"Failed password for invalid user x from 198.51.100.9 port 1 ssh2 from 127.0.0.1 port 44804 ssh2","__MONOTONIC_TIMESTAMP":"45498698660","_HOSTNAME":"gate","SYSLOG_PID":"24390","_CAP_EFFECTIVE":"1fffeffffff","PRIORITY":"6","_CMDLINE":"\"sshd: unknown [priv]\"","_GID":"0","_SOURCE_REALTIME_TIMESTAMP":"1795646346036441","SYSLOG_TIMESTAMP":"Nov 25 22:39:06 ","SYSLOG_FACILITY":"4","_BOOT_ID":"00000000000000000000000000000000","_UID":"0"}
        """#.split(separator: "\n").map(String.init)
}
