-- Loose identities with the key they have unless somebody known is recognised in them.
SELECT loose_said.*, loose_key_of.person_id, loose_key_of.id_masked
FROM loose_said JOIN loose_key_of USING (loose_no)
