"""The Thai of everything that `--help` says: English as it stands in the code, and its Thai.

A text that stands here not yet shows in English; the tests name every one that is missing. Names of commands and
options, values and file names stay as they are typed.
"""

from __future__ import annotations

_PAGE = {
    "Usage": "วิธีใช้",
    "OPTIONS": "ตัวเลือก",
    "COMMAND": "คำสั่ง",
    "Example:": "ตัวอย่าง:",
    "Commands": "คำสั่ง",
    "Arguments": "สิ่งที่ต้องระบุ",
    "Options": "ตัวเลือก",
    "Exit codes": "รหัสเมื่อจบ",
    "required": "จำเป็น",
    "default": "ค่าเริ่มต้น",
    "kwamdee COMMAND --help says more about a command.": "ดูรายละเอียดของแต่ละคำสั่งด้วย kwamdee ชื่อคำสั่ง --help",
    "Show this message and exit.": "แสดงวิธีใช้แล้วจบ",
}

_COMMANDS = {
    "A wind tunnel for positive social incentives: try schemes on simulated societies before anyone is enrolled.": (
        "อุโมงค์ลมสำหรับมาตรการจูงใจเชิงบวกทางสังคม ลองมาตรการกับสังคมจำลอง ก่อนมีผู้เข้าร่วมจริงแม้แต่คนเดียว"
    ),
    "Print the version.": "แสดงรุ่นของโปรแกรม",
    "Compare the schemes of a scenario with the same society without them.": (
        "เปรียบเทียบมาตรการในสถานการณ์หนึ่ง กับสังคมจำลองชุดเดียวกันที่ไม่มีมาตรการ"
    ),
    "Show what Kwamdee does: the Bangkok waste comparison, in under a minute.": (
        "แสดงตัวอย่างการทำงาน: เปรียบเทียบมาตรการคัดแยกขยะในกรุงเทพฯ ใช้เวลาไม่ถึงหนึ่งนาที"
    ),
    "Check a scenario or study file and name every mistake at once; nothing is run.": (
        "ตรวจไฟล์สถานการณ์หรือไฟล์การศึกษา และบอกข้อผิดพลาดทุกจุดในครั้งเดียว โดยไม่เริ่มจำลอง"
    ),
    "Say in plain words what a scenario will do, for whom, and what it could cost at most; nothing is run.": (
        "บอกเป็นคำธรรมดาว่าสถานการณ์จะทำอะไร เพื่อใคร และมีต้นทุนสูงสุดเท่าใด โดยไม่เริ่มจำลอง"
    ),
    "List the kinds of scheme that are installed with their parameters, or show the page of one.": (
        "แสดงชนิดของมาตรการที่ติดตั้งไว้พร้อมค่ากำหนด หรือแสดงหน้าของชนิดหนึ่ง"
    ),
    "Write a new kind of scheme that works as it is: the file, its test and its page, ready to install.": (
        "เขียนมาตรการชนิดใหม่ที่ใช้ได้ทันที มีไฟล์ของมาตรการ การทดสอบ และหน้าคำอธิบาย พร้อมติดตั้ง"
    ),
    "Write a commented scenario that runs at once, from at most 20 questions; Enter takes each default.": (
        "เขียนไฟล์สถานการณ์พร้อมคำอธิบายที่ใช้จำลองได้ทันที จากคำถามไม่เกิน 20 ข้อ กด Enter เพื่อใช้ค่าเริ่มต้น"
    ),
    "Print the scenario format as JSON Schema, for editors that complete and check.": (
        "แสดงรูปแบบไฟล์สถานการณ์เป็น JSON Schema สำหรับโปรแกรมแก้ไขข้อความที่เติมและตรวจให้"
    ),
    "Tell one citizen's story week by week, term by term, beside its twin without a scheme.": (
        "เล่าเรื่องของพลเมืองหนึ่งคนทีละสัปดาห์ ทีละเหตุผล เทียบกับคู่เทียบที่ไม่มีมาตรการ"
    ),
    "Run one arm in one simulated society and print what happens week by week.": (
        "จำลองทางเลือกหนึ่งในสังคมจำลองหนึ่งสังคม และแสดงสิ่งที่เกิดขึ้นทีละสัปดาห์"
    ),
    "Show the results of an earlier comparison or study again; nothing is run.": (
        "แสดงผลของการเปรียบเทียบหรือการศึกษาครั้งก่อนอีกครั้ง โดยไม่เริ่มจำลอง"
    ),
    "Run every arm at every point of a study's design; stopped or killed, the same command goes on from there.": (
        "จำลองทุกทางเลือกที่ทุกจุดของแบบการศึกษา ถ้าหยุดหรือถูกปิดกลางคัน คำสั่งเดิมจะทำต่อจากเดิม"
    ),
    "Run a study and say how much each lever and uncertainty moves each outcome; what is swept is not run again.": (
        "จำลองการศึกษา แล้วบอกว่าตัวกำหนดและความไม่แน่นอนแต่ละอย่างทำให้ผลลัพธ์เปลี่ยนเท่าใด ส่วนที่จำลองแล้วไม่จำลองซ้ำ"
    ),
    "Do one run of a study again and tell whether it is the same to the bit; a run that failed shows why.": (
        "จำลองรอบหนึ่งของการศึกษาซ้ำ แล้วบอกว่าตรงกันทุกบิตหรือไม่ รอบที่ล้มเหลวจะแสดงสาเหตุ"
    ),
    "Check a study's folder byte by byte, wherever it lies, and name what is damaged, missing or not its own.": (
        "ตรวจโฟลเดอร์ของการศึกษาทุกไบต์ ไม่ว่าจะอยู่ที่ใด และบอกสิ่งที่เสียหาย ขาดหาย หรือไม่ใช่ของการศึกษานั้น"
    ),
    "Write the tables of a comparison, or the people and ties of a world, for a spreadsheet or another program.": (
        "เขียนตารางผลการเปรียบเทียบ หรือพลเมืองและความสัมพันธ์ของโลกจำลอง เพื่อใช้กับโปรแกรมตารางคำนวณหรือโปรแกรมอื่น"
    ),
    "Predict published experiments and print the report card: each arm, and the error next to simple rules.": (
        "ทำนายการทดลองที่ตีพิมพ์แล้ว และแสดงผลประเมินแบบจำลอง ทีละทางเลือก พร้อมความคลาดเคลื่อนเทียบกับกฎง่าย ๆ"
    ),
    "Learn from a pilot what people respond to here, and write parameters for the arms that were not tried.": (
        "เรียนรู้จากโครงการนำร่องว่าคนที่นี่ตอบสนองต่อสิ่งใด และเขียนค่าพารามิเตอร์สำหรับทางเลือกที่ยังไม่ได้ทดลอง"
    ),
    "Look at this installation: versions, memory, cache, fonts, languages, and what is missing.": (
        "ตรวจการติดตั้งนี้: รุ่นของโปรแกรม หน่วยความจำ ที่เก็บโปรแกรมที่แปลแล้ว แบบอักษร ภาษา และสิ่งที่ยังขาด"
    ),
}

_ARGUMENTS = {
    "A scenario file, or the name of a shipped one, such as bangkok-waste.": (
        "ไฟล์สถานการณ์ หรือชื่อสถานการณ์ที่มีมาให้ เช่น bangkok-waste"
    ),
    "The file to write, such as my-scheme.toml.": "ไฟล์ที่จะเขียน เช่น my-scheme.toml",
    "A folder that kwamdee compare, sweep or sensitivity wrote.": (
        "โฟลเดอร์ที่คำสั่ง kwamdee compare, sweep หรือ sensitivity เขียนไว้"
    ),
    "A study file or its folder, or the name of a shipped study.": "ไฟล์การศึกษาหรือโฟลเดอร์ของไฟล์ หรือชื่อการศึกษาที่มีมาให้",
    "Identity of a run: column run_id, or its beginning.": "รหัสของรอบ คือคอลัมน์ run_id หรือส่วนต้นของรหัส",
    "A folder that kwamdee sweep or kwamdee sensitivity wrote.": (
        "โฟลเดอร์ที่คำสั่ง kwamdee sweep หรือ kwamdee sensitivity เขียนไว้"
    ),
    "A folder of studies, one TOML file each. Default: the shipped ones.": (
        "โฟลเดอร์ของการศึกษา การศึกษาละหนึ่งไฟล์ TOML ถ้าไม่ระบุ ใช้ชุดที่มีมาให้"
    ),
    "A folder that kwamdee compare wrote.": "โฟลเดอร์ที่คำสั่ง kwamdee compare เขียนไว้",
}

_OPTIONS = {
    "Change one value: --set run.weeks=52. May be repeated.": "เปลี่ยนค่าหนึ่งค่า: --set run.weeks=52 ใช้ซ้ำได้",
    "Root seed, a whole number from 0.": "เลขสุ่มตั้งต้น เป็นจำนวนเต็มตั้งแต่ 0",
    "Simulated societies. Default: the file's.": "จำนวนสังคมจำลอง ถ้าไม่ระบุ ใช้ค่าในไฟล์",
    "Processes. Default: all cores.": "จำนวนโพรเซส ถ้าไม่ระบุ ใช้ทุกแกนของเครื่อง",
    "Folder for results. Default: results/NAME-DIGEST.": "โฟลเดอร์เก็บผล ถ้าไม่ระบุ ใช้ results/NAME-DIGEST",
    "auto, numpy or numba; the results are the same to the bit.": "auto, numpy หรือ numba ผลเหมือนกันทุกบิต",
    "posterior (a draw per society), default (fixed; ranges then show luck alone), or a table of your own: CSV or "
    "Parquet, a row a member.": (
        "posterior (สุ่มค่าให้แต่ละสังคมจำลอง) default (ค่าคงที่ ช่วงของผลจึงแสดงความบังเอิญอย่างเดียว) "
        "หรือตารางของท่านเองเป็น CSV หรือ Parquet หนึ่งแถวต่อหนึ่งชุด"
    ),
    "posterior, default or a table of your own, CSV or Parquet. Default: the study's.": (
        "posterior default หรือตารางของท่านเองเป็น CSV หรือ Parquet หากไม่ระบุใช้ตามการศึกษา"
    ),
    "Print the answer and the report's path only.": "แสดงเฉพาะคำตอบและที่อยู่ของรายงาน",
    "Print one JSON object and nothing else.": "แสดงผลเป็น JSON หนึ่งชุดอย่างเดียว",
    "en or th. Default: KWAMDEE_LANG, else that of the locale.": (
        "en หรือ th ถ้าไม่ระบุ ใช้ค่าของ KWAMDEE_LANG หรือภาษาของระบบ"
    ),
    "Fit anew without a term of the law and say whether it earns its place.": (
        "ปรับเทียบใหม่โดยตัดพจน์หนึ่งของแบบจำลองออก แล้วบอกว่าควรคงพจน์นั้นไว้หรือไม่"
    ),
    "Fit the law to published experiments, once with all and once without each, and write the draws.": (
        "ปรับเทียบแบบจำลองกับการทดลองที่ตีพิมพ์ ครั้งหนึ่งด้วยทุกงาน และอีกครั้งโดยตัดทีละงาน แล้วเขียนค่าที่สุ่มได้"
    ),
    "Processes.": "จำนวนโพรเซส",
    "Seed of the chains.": "ค่าเริ่มต้นของการสุ่ม",
    "Steps of adaptation of a chain.": "จำนวนก้าวของการปรับตัวในแต่ละสาย",
    "Draws of a chain.": "จำนวนค่าที่สุ่มของแต่ละสาย",
    "Folder of the calibration.": "โฟลเดอร์เก็บผลการปรับเทียบ",
    "Score this study alone. May be repeated.": "ประเมินเฉพาะการศึกษานี้ ใช้ซ้ำได้",
    "Folder for the report card. Default: results/evidence.": "โฟลเดอร์เก็บผลประเมิน ถ้าไม่ระบุ ใช้ results/evidence",
    "The pilot's table, CSV or Parquet: a row an arm and week, with arm, week, acts, opportunities, people.": (
        "ผลที่สังเกตได้จากโครงการนำร่อง เป็น CSV หรือ Parquet: arm, week, acts, opportunities และ people หนึ่งแถวต่อหนึ่งทางเลือกและสัปดาห์"
    ),
    "The table of parameters to write, Parquet. Default: learned.parquet.": (
        "ตารางพารามิเตอร์ที่จะเขียน เป็น Parquet ถ้าไม่ระบุ ใช้ learned.parquet"
    ),
    "Whose acts are counted. Default: enrolled where the table has such a column, else eligible.": (
        "นับการกระทำของใคร ถ้าไม่ระบุ ใช้ enrolled (ผู้เข้าร่วม) เมื่อตารางมีคอลัมน์นี้ ไม่เช่นนั้นใช้ eligible (ผู้มีสิทธิ)"
    ),
    "Design effect: how much people drawn in clusters widen a variance, from 1.": (
        "ผลของแบบการสุ่ม: ความแปรปรวนเพิ่มขึ้นกี่เท่าเพราะสุ่มคนเป็นกลุ่ม ตั้งแต่ 1"
    ),
    "Copy a shipped scenario or a file; nothing is asked.": "คัดลอกสถานการณ์ที่มีให้หรือไฟล์หนึ่ง โดยไม่ถามคำถาม",
    "Take every default; nothing is asked.": "ใช้ค่าเริ่มต้นทุกข้อ โดยไม่ถามคำถาม",
    "Write over a file that is there.": "เขียนทับไฟล์ที่มีอยู่",
    "Write it to this file, kwamdee.schema.json say.": "เขียนลงไฟล์นี้ เช่น kwamdee.schema.json",
    "The format of study files instead.": "แสดงรูปแบบของไฟล์การศึกษาแทน",
    "Name of the kind, such as tea_voucher.": "ชื่อชนิด เช่น tea_voucher",
    "Whom it is for: individual, organisation or area.": "ระดับของมาตรการ individual บุคคล organisation องค์กร หรือ area พื้นที่",
    "Where its own folder is made. Default: here.": "โฟลเดอร์ที่จะสร้างโฟลเดอร์ของมาตรการไว้ ถ้าไม่ระบุ สร้างที่นี่",
    "A kind: its page, with parameters, literature and an example.": "ชนิดของมาตรการ ให้แสดงหน้าของชนิดนั้น มีค่ากำหนด เอกสารอ้างอิง และตัวอย่าง",
    "Arm. Default: the first with schemes.": "ทางเลือก ถ้าไม่ระบุ ใช้ทางเลือกแรกที่มีมาตรการ",
    "A citizen by number, from 1 to how many there are. Default: the one who changed most.": (
        "หมายเลขของพลเมือง ตั้งแต่ 1 ถึงจำนวนพลเมือง ถ้าไม่ระบุ ใช้ผู้ที่เปลี่ยนมากที่สุด"
    ),
    "Behaviour. Default: those the arm aims at.": "พฤติกรรม ถ้าไม่ระบุ ใช้พฤติกรรมที่ทางเลือกนั้นมุ่ง",
    "Which simulated society, from 0.": "สังคมจำลองลำดับที่เท่าใด เริ่มที่ 0",
    "First and last week to tell, such as 0..30.": "สัปดาห์แรกและสัปดาห์สุดท้ายที่จะเล่า เช่น 0..30",
    "Show one quiet week in so many.": "แสดงสัปดาห์ที่ไม่มีเหตุการณ์ หนึ่งสัปดาห์ในทุกกี่สัปดาห์",
    "Look at 2,000 citizens and 6 societies, budgets in proportion: seconds, and not for decisions.": (
        "ดูคร่าว ๆ ด้วยพลเมือง 2,000 คนและ 6 สังคมจำลอง งบประมาณตามสัดส่วน ใช้เวลาไม่กี่วินาที ห้ามใช้ตัดสินใจ"
    ),
    "Name of the arm, such as control.": "ชื่อทางเลือก เช่น control",
    "Write the trajectory to a .csv or .parquet file.": "เขียนผลรายสัปดาห์ลงไฟล์ .csv หรือ .parquet",
    "Print one table instead: effects, costs, rights and so on.": "แสดงตารางเดียวแทน เช่น effects, costs, rights",
    "Print the runs that failed, and why.": "แสดงรอบที่ล้มเหลว พร้อมสาเหตุ",
    "A new folder for what is written.": "โฟลเดอร์ใหม่สำหรับสิ่งที่เขียน",
    "csv or parquet; graphml for a world.": "csv หรือ parquet และ graphml สำหรับโลกจำลอง",
    "Which simulated society's world, from 0.": "โลกของสังคมจำลองลำดับที่เท่าใด เริ่มที่ 0",
    "A folder that kwamdee compare wrote, or a scenario: then the world of a society.": (
        "โฟลเดอร์ที่คำสั่ง kwamdee compare เขียนไว้ หรือสถานการณ์ ซึ่งจะเขียนโลกของสังคมจำลองหนึ่ง"
    ),
    "Do the first N runs of the design alone.": "ทำเฉพาะ N รอบแรกของแบบการศึกษา",
    "Simulated societies at each point. Default: the file's.": "จำนวนสังคมจำลองที่แต่ละจุด ถ้าไม่ระบุ ใช้ค่าในไฟล์",
    "A Dask scheduler (tcp://...), its scheduler file, or local.": (
        "ตัวจัดคิวงานของ Dask (tcp://...) ไฟล์ของตัวจัดคิวงาน หรือ local สำหรับเครื่องนี้"
    ),
    "A run that fails: record it and go on, or stop there.": "เมื่อมีรอบที่ล้มเหลว ให้บันทึกแล้วทำต่อ หรือหยุดที่รอบนั้น",
    "End a run that takes longer, and record it as failed.": "ยุติรอบที่ใช้เวลานานกว่านี้ และบันทึกว่าล้มเหลว",
    "Societies sent to a worker at once. Default: about a second of work.": (
        "จำนวนสังคมจำลองที่ส่งให้โพรเซสในแต่ละครั้ง ถ้าไม่ระบุ ใช้จำนวนที่ทำเสร็จในราวหนึ่งวินาที"
    ),
    "Measure a few runs, say how long all of them take, and run nothing else.": (
        "ลองจำลองสองสามรอบ แล้วบอกว่าทั้งหมดใช้เวลาเท่าใด โดยไม่จำลองอย่างอื่น"
    ),
    "Say how far it is; nothing is run.": "บอกว่าทำไปแล้วเท่าใด โดยไม่เริ่มจำลอง",
    "auto takes what fits the design and the outcome.": "auto เลือกวิธีที่เหมาะกับแบบการศึกษาและผลลัพธ์",
    "The study's folder. Default: this one, or any under results/.": (
        "โฟลเดอร์ของการศึกษา ถ้าไม่ระบุ ใช้โฟลเดอร์นี้ หรือโฟลเดอร์ใดก็ตามใน results/"
    ),
    "Run even if it takes more than 10 minutes.": "เริ่มจำลองแม้จะใช้เวลาเกิน 10 นาที",
}

THAI: dict[str, str] = {**_PAGE, **_COMMANDS, **_ARGUMENTS, **_OPTIONS}
