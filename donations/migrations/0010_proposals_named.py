"""Who records or confirms goods and bank lines proposes and decides: one word for it everywhere."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("donations", "0009_words_of_no_provider")]

    operations = [
        # They name old columns and states; 0014 says them again.
        migrations.RemoveConstraint("disbursement", "disbursement_two_people"),
        migrations.RemoveConstraint("disbursement", "disbursement_decided_on_record"),
        migrations.RemoveConstraint("disbursement", "disbursement_paid_has_bank_line"),
        migrations.RemoveConstraint("disbursement", "disbursement_bank_line_once"),
        migrations.RemoveConstraint("eventsettlement", "settlement_two_people_move_money"),
        migrations.RemoveConstraint("eventsettlement", "settlement_decided_on_record"),
        migrations.RemoveConstraint("goodsgift", "goods_two_people"),
        migrations.RemoveConstraint("goodsgift", "goods_refused_by_another"),
        migrations.RemoveConstraint("goodsgift", "goods_one_decision"),
        migrations.RemoveConstraint("instalment", "instalment_two_people"),
        migrations.RemoveConstraint("instalment", "instalment_decided_on_record"),
        migrations.RenameField("instalment", "recorded_by", "proposed_by"),
        migrations.RenameField("goodsgift", "recorded_by", "proposed_by"),
        migrations.RenameField("goodsgift", "confirmed_by", "decided_by"),
        migrations.RenameField("goodsgift", "confirmed_at", "decided_at"),
    ]
