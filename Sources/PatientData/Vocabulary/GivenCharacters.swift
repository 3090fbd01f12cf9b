// Copyright (c) 2013 Sun Junyi (jieba). MIT licence:
//
// Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
// "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
// distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
// the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions
// of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
// WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
// LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
// CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

/// Characters of given names and how often they are used.
///
/// Blended from the three-character names of persons in jieba's dictionary (MIT), ``ReferenceData/GivenNames`` and a list of our own of
/// characters that parents choose these days. Right in order of magnitude and no better.
enum GivenCharacters {
    /// A number begins the characters that are about as rare: −ln of their share, in halves.
    static let data = """
        10
        军华国子家平敏文明杰英
        11
        东丽之云伟俊光兰刚勇大天娜娟宇安小山建强志思春林桂梅波浩海涛清玉玲生秀红艳芳超辉霞静飞鹏龙
        12
        一世中义乐书亮伯佳健元公兴冰凤凯博可嘉夏婉学宁宗峰帆庆忠怡恩悦惠慧成斌新旭星晓晨景树桐欣正武永江泽洋燕珍珠琪琳琴瑞瑶睿祥福紫良花苗若荣荷莲菊萱蓉诗豪贤贵金鑫铭锦阳雨雪
        13
        三丹予二人仁仲伊依信先兵冬卿友发叔君和善坤城士多太奕如妍娇娴婧婷媛嫣孝定宝岩川巧师希康彤彬德心恒慕才敬方昊昌晶智月朵松果柏柠柱根梁梓檬毅民汐沐河洁洪涵淑湖源澄然煜熙爱王玥皓相真知石磊礼祖祺禾秋程立素维美老芬芸苒茜莉莹菲萍蕾薇行言诚语诺轩辰过远道银镇长雄震青靖顺颖馨
        14
        丝为亦代传伦佩俏保倩儿冠剑勤南卫厚县叶启哥哲奇妮姗姣姬姿威娅娥婵孟守宏富将少州帝庄廷开引彩承振政晴有朗朝权村杨柔柳栋梦欢氏水汉治泰润灵炳爷环珊琼瑜瑾璐盛碧竹笑纯绍继翔翠耀聪腾臣航茂莎萌虎虹裕襄西见贞达连邦钧钰铁锋雯雷霖霜露风香驰骏高鸿鹤麟
        15
        万主亨令仪侯兄兆入全其冲凌凡初利力化升卓吉同后向喜四圆培堂复姐姝娘嫦季宙寨寿尚尼岚帅年幻广应府延弟彦忆念恋情意掌斐时昭昱晖曦曲木本李杏来枝桃桥桦梨楠榆榕樱橙歌沛泉泓淇湘灿炎炜烁烨焕珂珮琬瑛璇田画白皇直科章笛纨织绒绢绣绮群胜自至舞艺芝菁萃誉词豹进述都鉴钊钢锐锡门陵雁霆音韵领马鹰
        16
        丁上业丰举乃乔九乾于五京亭从仙以任会作侠便修僧儒刘前功勋勒北区原双古史右司叹名听周命圣在坚声备头奎女姊孙宋官宣宪宫寺封岑岫岭岳崇常庙庭得微忙怀性总扬抚无日昆显晋曾望楚母汝沁法派济渝温滟滢漪澜烈献玄理用甫疆登百益监秉经翰者能草莺营衡谦谷起越跃路转辅逊通郎郡部重钟闻阁雅非鱼鲁鸣鹂黄鼎
        齐龄
        17
        七与丕临久乘乡亲仆仕伏佐佛傅允六关典再农刀分列则制千占又口台合吴吾哈唐嗣回因园均堡增夷奉奔妈妹姑婆孔存宜实室宽宾密尉尊尧居岗岛帮廉式弘张弼征御必忽怒恭惊惟慈战提摇改攻放教斗旗旺末朱板标校桢植楼横欲步死殿毛沟注洞津洲深淳渊渠渡湾溪满点爵父班琦瓦甲留皮眉神祯禄禹称端策精纪统绿网羊羽翼
        耳联肃育胡致舜舟范茶莱著蒂蒙藻表观觉训记诸谏象豫赛辛迎逸遂那钦问陈隆集颜首驹魏黎
        18
        不丘丞乌乙争井介仓仰伐休众伸体何余侍八兹养内冷劝劲十卒卢印历变召各吓含品商啸嘴土地坝坡坪塘塞墨壮处外奏奶好妃姓委媚嫂字孚客宰容寅寒尹屏履屯峡峻嵩巍巡左巨巾带干库庚度庵异弗归彝彪彭影律徵徽恺慎戈房所托执扶抢抱拔招拜拱挥挺捷授摩散敦斋施族昂易朋服未术朴杵枫桑桓梢棠毓求汗池汤流淮港潜潭
        潮火烟照燮牛牧状狗率玛琏璋甚申男略疾病皆盈眼督破祚祠离秦积穆站竟笙简管米粉索约纲线绪翁考耕耶肇背舍舒艾节苌苏茹荫药菜萧蔚藩虚虞蜀衍街衣解设谋谕谢豆贝败贾赞赤赵足身轻载辽迁运适选逢遇遥郭采野钱铎铨锁镜陆院陶隐霸面须骑鹿麦麻默
        19
        下两严丸也习事交今企似你使侃候兀充兼冶凉凝击切努势勃医午半卷厂去参及取叙只叫吕呆呈告员咸唯喊喝器团围固圭垣境壁契奴妇妙娃婴嬷完寄察尖尽尾展属岐岸峪崖巢工己幸幼序当录形往径恐想愈愚懋懿戴抗折护拳拿指换探接推操擒收旋旦旨早昕映晃晏曜曰曹期机杉杜杲极柜查样棋椿槐模殷沅沪浚浦浮淞渐游滨滩
        演潇澍灭灯焉熊狄独狮狼猷玮现玺球琛瑟璞瓜甘由界的皋皱盖盘目看碑社祁禧空第答筠箭粮粹糖纶纹结续绳罕置翊翎而耿聚肉胆脉腊舅色芹芽苑荃莽葆葛藏藤虫蛇蝶蟠衫计让议诏译调谓谟谱贡财贯贺贻赐赢走跳轮边迦逵遵邑郑量铃铜铸镐镖闯阗阵阶际陇降陪随难雀雍霄霍韦韩韶馆骞骨鲸鸟黑鼐鼓龟
        20
        丈丐丙丛买了仔伍位住佑俞俭停僖党兮冀冉册出刃划创别削副务助劫励劳勉匠匡单卜厅厉叉受号吏吟呼咏咬哀哉唇唤嘻圈圻坊坎坐坛型域埠堪堰墀墉墩夜夺奈妻姚姥姨娣宅宠审害宸宿寻射尘尤尺屁屋屠屿岁岂岱差已市帕帛帽幽庐座庸弃弓弥弦彰彻徐徒循忍快怪恕恶悟惕惜愁感愿慰我或手打押拍拐拥择拴揖摸攀支效敖既
        昀是晔晟曙札材条杭杯构枪某柯栏棉椅椒楣楷榜次欧歆止歧殊毕气汁汇汜汪汴沈沉沿泊泥洙洵活浅浑浙浪涤淡淦混添渔湛溥滋漫瀚瀛灌灰灼炅炮焘焯煌煦爹片牙牢物猛猪猫玖珩琢瓒瓶瓷甜畏疑疯省睛瞅瞎瞻砂研砖硕确磷示祀祈祝禅秘稷窑窗窝童笔符筑筱籍粟粤系累繁纬纱练组细终绩绵绶缘缨罩羡羲翅翘耐聘肖胖胤脱脸
        腿臻舫舵船芒芦芷苍苔茅茎茨荀荆荐荪落蒿蓓蓝蕊蕙蕴薄薛虏蛋蛟融蠡补袁袭裁裔褚规角许论证识话询诩说谈谊谨质贲贴费赋赏车辞近迹递速造邪邺邻郁鄂酒醇醉醒銮针钗钻铉键锷锺镛闪闲间阎阔队防阴陕雕鞍顶顾颂频额驱驾骅骥骧鬼魁鲜鳌鳞鸡鸥鸾鹃麓黛
        """
}
