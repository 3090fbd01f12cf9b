/// Names of parameters and fields that say what their value is.
enum LeakNames {
    static let password: UInt8 = 1
    static let token: UInt8 = 2
    static let session: UInt8 = 3
    static let name: UInt8 = 4
    static let card: UInt8 = 5
    static let telephone: UInt8 = 6
    static let identity: UInt8 = 7
    /// Numbers of records and moments, which eleven digits may be as well.
    static let number: UInt8 = 8

    static let table = WordTable([
        (
            password,
            """
            password passwd pwd pass passcode passwords userpwd userpassword user_password loginpwd login_pwd loginpassword newpassword newpwd
            oldpassword oldpwd new_password old_password confirmpassword repassword adminpwd dbpassword db_password j_password mima mm
            """
        ),
        (
            token,
            """
            token access_token accesstoken auth_token authtoken refresh_token refreshtoken id_token usertoken user_token logintoken login_token
            xtoken x_token jwt bearer apikey api_key appkey_secret appsecret app_secret secret client_secret secretkey secret_key accesskey
            access_key accesskeyid accesskeysecret authorization auth
            """
        ),
        (session, "sessionid session_id jsessionid phpsessid sessid session aspsessionid asp.net_sessionid sid ssid"),
        (
            name,
            """
            name xm patientname patient_name realname real_name truename true_name fullname full_name hzxm brxm xingming contactname contact_name
            lxr contact username_cn patname pname custname customername customer_name membername cardname holdername owner 姓名 患者姓名
            """
        ),
        (
            card,
            """
            card cardno card_no cardnumber card_number bankcard bank_card bankcardno bankno bank_no bankaccount bank_account account_no
            accountno acctno acct yhkh yhk kh
            """
        ),
        (
            telephone,
            """
            phone mobile tel telephone phoneno phone_no phonenumber phone_number phonenum mobileno mobile_no mobilephone mobile_phone cellphone
            usermobile userphone user_phone sjh sjhm sj lxdh dh contactphone linkphone account username loginname user msisdn to
            """
        ),
        (
            identity,
            "idcard id_card idcardno id_card_no idno id_no idnumber identity identityno certno cert_no certificateno sfz sfzh sfzhm zjh zjhm cardid"
        ),
        (
            number,
            """
            id oid pid uid rid sid_no orderid order_id orderno order_no no num code sn seq t ts time timestamp _ v ver r rnd random begin end start
            stamp trace traceid requestid reqid serial batch batchno flow flowno tradeno trade_no outtradeno billno visitid visitno recordid size
            offset length bytes pos cursor version build ip port
            """
        ),
    ])
}
