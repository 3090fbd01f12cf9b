/// Characters of which Chinese given names are made, the commonest first, by and large.
package enum GivenNames {
    /// Mostly in men's names.
    package static let male: [String] = characters(
        """
        伟强军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁龙林建国志海峰磊洋东亮成晨瑞博彬坤岩文武德福生庆春新光荣贵祥正义兴良友才发
        根树柱栋梁松柏石山川江河湖源泽润洪涛毅恒达远航翔腾骏驰威震雄豪英俊贤哲睿智聪敏勤学思维敬信诚礼孝忠仁厚安定康泰和顺利昌盛茂富
        裕金银铁钢锋锐钧铭鉴钊鸿鹤鹰虎豹麟龙云雷霆霖雨晓曦阳昊天宇宙辰星朗昱晖炎煜烨焕炜炳灿烁耀奇伦伯仲叔季子孟元亨贞一二三永世代承
        启继绍述宗祖先传家邦政治民权冠卿相帅将士兵卫城疆守镇方圆直立
        """)

    /// Mostly in women's names.
    package static let female: [String] = characters(
        """
        芳娜敏静丽艳娟秀英霞玲桂红梅兰菊莲荷花琴琳玉珍珠凤云燕雪冰洁莹晶婷婧妍娇媛嫣娴淑慧贤惠巧颖萍萱蓉薇蕾芬芸苗茜菲莉莎萌欣欢悦怡
        佳美爱春夏秋冬月星晴雯雨露霜虹彩丹青紫素清纯真善柔倩俏姗妮娅姣姿婉婵娥嫦姝姬银金翠碧瑶琪琼瑾瑜璐璇玥珊珂珮琬瑛环钰锦绣
        绮绢纨丝织绒彤桐桃杏梨柳枝叶杨榕楠梓桦榆樱橙竹笛诗词书画韵音歌舞曲香馨芝兰萃菁华荣艺思念忆梦幻心意情恋宁安康乐平和凡文静文佩
        卓卿君若如亦可凌岚岑岫汐沁沛泓洋涵淇渝湘滢漪澜滟灵雁鹂莺
        """)

    private static func characters(_ text: String) -> [String] {
        var seen: Set<Character> = []
        return text.filter { !$0.isWhitespace && seen.insert($0).inserted }.map(String.init)
    }
}
