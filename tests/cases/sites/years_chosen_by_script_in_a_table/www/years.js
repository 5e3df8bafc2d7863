const years = {"2566": [["O11", "แผนดำเนินงานและการใช้งบประมาณประจำปี", "ev/o11.html"], ["O13", "รายงานผลการดำเนินงานประจำปี", "ev/o13.html"], ["O36", "แผนปฏิบัติการป้องกันการทุจริต", "ev/o36.html"]], "2565": []};
const write = year => {
  document.getElementById("t").innerHTML = years[year].map(row =>
    `<tr><td>${row[0]}</td><td>${row[1]}</td><td><a href="${row[2]}">ดาวน์โหลด</a></td></tr>`).join("");
};
document.getElementById("y").onchange = event => write(event.target.value);
write("2566");
