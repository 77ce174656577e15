DECLARE
    key bigint;
    found text;
BEGIN
    -- Of OLD and NEW, so that a row can neither leave a frozen owner nor join one. Sorted, so that two
    -- transactions never deadlock.
    FOR key IN SELECT DISTINCT k FROM unnest(ARRAY[{{ keys }}]) AS k ORDER BY k LOOP
        -- Lock by key, then look at the status: a condition on it would lock no draft, and a row could slip
        -- in while that is approved.{% for owner in owners %}
        SELECT "{{ owner.column }}" INTO key FROM "{{ owner.table }}" WHERE id = key FOR SHARE;{% endfor %}
        SELECT "{{ status }}" INTO found FROM "{{ table }}" WHERE id = key FOR SHARE;
        IF found NOT IN {{ free }} THEN
            RAISE EXCEPTION USING MESSAGE = {{ message }}, ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN {{ returned }};
END
