document.getElementById('menu').innerHTML='<a href="oit.html">OIT 2566</a>';
