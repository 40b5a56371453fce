CREATE VIEW berita_pemilu AS
    SELECT a.key AS kunci, a.published_at AS terbit, o.name AS media, a.title AS judul,
           t.theme_name AS tema, t.name AS topik, n.status AS status, n.stage AS tahap,
           r.name AS wilayah, p.name AS provinsi, n.alert AS perlu_dilihat,
           s.key AS cerita, a.url AS tautan
    FROM annotations n
    JOIN articles a ON a.id = n.article_id
    JOIN outlets o ON o.id = a.outlet_id
    LEFT JOIN topics t ON t.id = n.topic
    LEFT JOIN regions r ON r.code = n.region_code
    LEFT JOIN regions p ON p.code = coalesce(r.province_code, r.code)
    LEFT JOIN story_articles sa ON sa.article_id = a.id
    LEFT JOIN stories s ON s.id = sa.story_id
    WHERE n.election = 1;
CREATE VIEW dugaan AS
    SELECT a.published_at AS terbit, t.theme_name AS tema, t.name AS topik,
           v.status AS status, v.stage AS tahap,
           (SELECT group_concat(value, '; ') FROM json_each(v.actors)) AS pelaku,
           r.name AS wilayah, p.name AS provinsi, v.date AS tanggal_kejadian,
           substr(a.text, json_extract(v.evidence, '$[0]') + 1,
                  json_extract(v.evidence, '$[1]') - json_extract(v.evidence, '$[0]')
           ) AS kalimat,
           (SELECT group_concat(value, '; ') FROM json_each(v.norms)) AS dasar_hukum,
           o.name AS media, a.title AS judul, a.url AS tautan, a.key AS kunci
    FROM violations v
    JOIN articles a ON a.id = v.article_id
    JOIN outlets o ON o.id = a.outlet_id
    JOIN topics t ON t.id = v.topic
    LEFT JOIN regions r ON r.code = v.region_code
    LEFT JOIN regions p ON p.code = coalesce(r.province_code, r.code);
CREATE VIEW pejabat AS
    SELECT coalesce(h.name, f.name) AS nama, f.position AS jabatan,
           f.institution AS instansi, coalesce(f.acting, 'definitif') AS status_jabatan,
           r.name AS wilayah, count(DISTINCT f.article_id) AS berita,
           count(DISTINCT CASE WHEN n.alert THEN f.article_id END)
               AS berita_perlu_dilihat,
           min(a.published_at) AS pertama, max(a.published_at) AS terakhir,
           h.key AS kunci
    FROM officials f
    JOIN articles a ON a.id = f.article_id
    LEFT JOIN annotations n ON n.article_id = f.article_id
    LEFT JOIN people h ON h.id = f.person_id
    LEFT JOIN regions r ON r.code = f.region_code
    GROUP BY coalesce(h.key, f.name), f.position, f.institution, f.acting, f.region_code;
CREATE VIEW rekap_tema AS
    SELECT t.theme_name AS tema, p.name AS provinsi, f.month AS bulan,
           count(*) AS berita,
           sum(n.status = 'dugaan') AS dugaan, sum(n.status = 'proses') AS proses,
           sum(n.status = 'terbukti') AS terbukti,
           sum(n.status = 'tidak_terbukti') AS tidak_terbukti,
           sum(n.status = 'rekap') AS rekap, sum(n.status = 'pencegahan') AS pencegahan,
           sum(n.status = 'netral') AS netral,
           count(DISTINCT sa.story_id) AS cerita
    FROM annotations n
    JOIN article_facets f ON f.id = n.article_id
    JOIN topics t ON t.id = n.topic
    LEFT JOIN regions p ON p.code = f.province_code
    LEFT JOIN story_articles sa ON sa.article_id = n.article_id
    WHERE n.election = 1
    GROUP BY t.theme_name, p.name, f.month;
