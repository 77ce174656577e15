BEGIN
    RAISE EXCEPTION USING MESSAGE = {{ message }}, ERRCODE = 'restrict_violation';
END
